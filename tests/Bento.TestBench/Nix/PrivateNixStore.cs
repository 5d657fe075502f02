using Bento.Building;

namespace Bento.TestBench.Nix;

/// <summary>
/// A whole Nix of its own in one temporary directory: store, database, configuration and caches. Needs no network and, without a daemon, no
/// root.
/// </summary>
/// <remarks>
/// Programs of Nix use it when they are given <see cref="Environment"/>. Which Nix is decided by the PATH, and how it is reached by
/// <see cref="NixAccess"/>. Disposing it stops its daemon and removes everything.
/// </remarks>
public sealed class PrivateNixStore : IDisposable
{
    private const string Configuration =
        """
        sandbox = false
        build-users-group =
        substituters =
        experimental-features = nix-command flakes
        fsync-metadata = false
        warn-dirty = false

        """;

    private readonly NixDaemon? _daemon;

    /// <summary>Creates an empty store.</summary>
    public PrivateNixStore()
    {
        Root = Directory.CreateTempSubdirectory("bento-nix-").FullName;
        Directory.CreateDirectory(In("home"));
        Directory.CreateDirectory(In("tmp"));
        Directory.CreateDirectory(In("conf"));
        File.WriteAllText(In("conf/nix.conf"), Configuration);
        StubChannel.WriteTo(In("nixpkgs"));
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["NIX_STORE_DIR"] = StoreDirectory,
            ["NIX_STATE_DIR"] = In("var/nix"),
            ["NIX_LOG_DIR"] = In("var/log"),
            ["NIX_CONF_DIR"] = In("conf"),
            ["NIX_PATH"] = $"nixpkgs={In("nixpkgs")}",
            ["HOME"] = In("home"),
            ["XDG_CACHE_HOME"] = In("home/.cache"),
            ["XDG_CONFIG_HOME"] = In("home/.config"),
            ["XDG_STATE_HOME"] = In("home/.local/state"),
            ["TMPDIR"] = In("tmp"),

            // What would lead to the Nix of this machine.
            ["NIX_REMOTE"] = null,
            ["NIX_CONFIG"] = null,
            ["NIX_USER_CONF_FILES"] = In("conf/nix.conf"),
        };
        Initialise();
        AdministratorEnvironment = Environment;
        if (NixAccess.Current != NixAccess.Direct && IsNixInstalled)
        {
            _daemon = NixDaemon.Start(Environment, In("var/nix/daemon-socket/socket"));
            Environment = new Dictionary<string, string?>(Environment, StringComparer.Ordinal) { ["NIX_REMOTE"] = "daemon" };
        }

        if (NixAccess.Current == NixAccess.PlainUser)
        {
            ProgramDirectory = PlainUser.WriteProgramsTo(In("bin"));
            AdministratorEnvironment = new Dictionary<string, string?>(AdministratorEnvironment, StringComparer.Ordinal)
            {
                ["XDG_CACHE_HOME"] = In("cache-of-root"),
            };
            PlainUser.Open(Root, In("home"), In("tmp"));
        }
    }

    /// <summary>Whether the programs of Nix are on the PATH of this process.</summary>
    public static bool IsNixInstalled { get; } = (System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Any(directory => File.Exists(Path.Join(directory, "nix-store")) && File.Exists(Path.Join(directory, "nix")));

    /// <summary>The temporary directory that holds all of it.</summary>
    public string Root { get; }

    /// <summary>Where store paths lie: what is <c>/nix/store</c> elsewhere.</summary>
    public string StoreDirectory => In("store");

    /// <summary>What changes in the environment of Nix's programs; a null value removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>The same for whoever may do everything in the store, without a daemon between.</summary>
    public IReadOnlyDictionary<string, string?> AdministratorEnvironment { get; }

    /// <summary>
    /// Where the programs of Nix are that reach the store as this store is meant to be reached; null for those on the PATH.
    /// </summary>
    public string? ProgramDirectory { get; }

    /// <summary>Makes Bento use this store.</summary>
    /// <param name="options">How Bento uses Nix.</param>
    public void Configure(NixOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ProgramDirectory = ProgramDirectory;
        foreach (var (name, value) in Environment)
        {
            options.Environment[name] = value;
        }
    }

    /// <summary>Makes a directory beside the store that goes with it.</summary>
    /// <param name="name">A relative path, with any characters.</param>
    /// <returns>The absolute path.</returns>
    public string CreateDirectory(string name) => Directory.CreateDirectory(In($"work/{name}")).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        _daemon?.Dispose();
        if (!Directory.Exists(Root))
        {
            return;
        }

        MakeWritable(new DirectoryInfo(Root));
        Directory.Delete(Root, recursive: true);
    }

    // Store directories are read-only, and nobody but root can remove from them.
    private static void MakeWritable(DirectoryInfo directory)
    {
        if (!OperatingSystem.IsWindows())
        {
            directory.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        foreach (var child in directory.EnumerateDirectories().Where(child => child.LinkTarget is null))
        {
            MakeWritable(child);
        }
    }

    /// <summary>Two programs of Nix that meet an empty directory at once may both fail at making the store in it.</summary>
    private void Initialise()
    {
        if (!IsNixInstalled)
        {
            return;
        }

        var start = new System.Diagnostics.ProcessStartInfo("nix-store", ["--init"]) { RedirectStandardError = true };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        _ = process.StandardError.ReadToEnd();
        process.WaitForExit();
    }

    private string In(string relative) => Path.Join(Root, relative);
}
