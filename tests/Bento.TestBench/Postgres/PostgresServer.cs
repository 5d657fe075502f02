namespace Bento.TestBench.Postgres;

/// <summary>
/// A real PostgreSQL in a temporary directory, on a socket there and on no port. As root it runs as the user postgres, because it refuses
/// to run as root.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const UnixFileMode Traversable = (UnixFileMode)0b111_101_101;
    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal)
            .Select(version => Path.Join(version, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Join(bin, "initdb")))
        : null;

    private readonly TempDirectory _directory = new();
    private int _databases;

    private PostgresServer()
    {
        File.SetUnixFileMode(_directory.FullPath, Traversable);
        _ = Directory.CreateDirectory(_directory["pg"]);
        if (Shell.IsRoot)
        {
            Shell.Run("chown", "postgres", _directory["pg"]);
        }

        Run("initdb", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "--username=bento", "-D", _directory["pg/data"]);
    }

    /// <summary>Whether this machine has it.</summary>
    public static bool IsInstalled => Programs is not null;

    /// <summary>Starts a new server with no database of anybody.</summary>
    public static PostgresServer StartNew()
    {
        var server = new PostgresServer();
        server.Start();
        return server;
    }

    /// <summary>Where its socket is.</summary>
    public string SocketDirectory => _directory["pg"];

    /// <summary>How a database is reached.</summary>
    public string ConnectionTo(string database) => $"Host={SocketDirectory};Database={database};Username=bento";

    /// <summary>Makes a database of its own for a test.</summary>
    /// <returns>Its name.</returns>
    public string CreateDatabase()
    {
        var name = $"bento{Interlocked.Increment(ref _databases)}";
        Run("createdb", "-h", _directory["pg"], "-U", "bento", name);
        return name;
    }

    /// <summary>Runs SQL as the program of its administrators does.</summary>
    /// <returns>What it printed, without headings.</returns>
    public string Sql(string database, string sql) =>
        Run("psql", "-h", _directory["pg"], "-U", "bento", "-d", database, "-v", "ON_ERROR_STOP=1", "-Atc", sql);

    /// <summary>Runs a file of SQL in the same way.</summary>
    public string SqlFile(string database, string text)
    {
        var path = _directory.WriteFile($"script{Guid.NewGuid():N}.sql", text);
        return Run("psql", "-h", _directory["pg"], "-U", "bento", "-d", database, "-v", "ON_ERROR_STOP=1", "-At", "-f", path);
    }

    public void Start() => Run(
        "pg_ctl",
        "-D",
        _directory["pg/data"],
        "-l",
        _directory["pg/log"],
        "-w",
        "-o",
        $"-c listen_addresses='' -k {_directory["pg"]} -c fsync=off -c max_connections=200",
        "start");

    /// <summary>Stops it as an administrator does who does not wait for anybody, or as a power cut does.</summary>
    public void Stop(bool atOnce = false) =>
        Run("pg_ctl", "-D", _directory["pg/data"], "-w", "-m", atOnce ? "immediate" : "fast", "stop");

    public void Dispose()
    {
        _ = Try("pg_ctl", "-D", _directory["pg/data"], "-w", "-m", "immediate", "stop");
        _directory.Dispose();
    }

    private static string Run(string program, params string[] arguments)
    {
        var (exitCode, output) = Try(program, arguments);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {exitCode}: {output}");
    }

    /// <summary>What keeps running must not keep the pipes of who started it.</summary>
    private static (int ExitCode, string Output) Try(string program, params string[] arguments)
    {
        var path = Path.Join(Programs, program);
        string[] command = Shell.IsRoot ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", path] : [path];
        return program == "pg_ctl"
            ? Shell.Try("sh", ["-c", "cd / && exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", .. command, .. arguments])
            : Shell.Try("sh", ["-c", "cd / && exec \"$@\" < /dev/null", "sh", .. command, .. arguments]);
    }
}
