namespace Bento.TestBench.Postgres;

/// <summary>A real PgBouncer before a server, which gives a connection to whoever has a transaction, and takes it away after it.</summary>
public sealed class Pooler : IDisposable
{
    private const int Port = 6432;
    private const string Program = "/usr/sbin/pgbouncer";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TempDirectory _directory = new();

    /// <summary>Starts one that has two connections to the server for everybody.</summary>
    public Pooler(PostgresServer server)
    {
        File.SetUnixFileMode(_directory.FullPath, (UnixFileMode)0b111_101_101);
        var run = Directory.CreateDirectory(_directory["run"]).FullName;
        _ = _directory.WriteFile(
            "pgbouncer.ini",
            $"""
            [databases]
            * = host={server.SocketDirectory} user=bento
            [pgbouncer]
            unix_socket_dir = {run}
            listen_port = {Port}
            auth_type = any
            pool_mode = transaction
            default_pool_size = 2
            pidfile = {run}/pid
            logfile = {run}/log
            """);
        string[] command = [Program, "--quiet", "--daemon", _directory["pgbouncer.ini"]];
        if (Shell.IsRoot)
        {
            Shell.Run("chown", "postgres", run);
            command = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", .. command];
        }

        Shell.Run("sh", ["-c", "cd / && exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", .. command]);
        if (!SpinWait.SpinUntil(() => File.Exists($"{run}/.s.PGSQL.{Port}"), Patience))
        {
            throw new InvalidOperationException("pgbouncer does not listen.");
        }
    }

    /// <summary>Whether this machine has it.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>How a database is reached through it.</summary>
    public string ConnectionTo(string database) => $"Host={_directory["run"]};Port={Port};Database={database};Username=bento";

    public void Dispose()
    {
        _ = Shell.Try("sh", "-c", $"kill $(cat '{_directory["run/pid"]}')");
        _directory.Dispose();
    }
}
