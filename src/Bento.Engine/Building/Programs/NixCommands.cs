namespace Bento.Building.Programs;

/// <summary>A call of one of Nix's programs.</summary>
/// <param name="Program">Its name, without directory.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record NixCommands(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Where it starts; null for the directory of this process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether somebody else waits for the disk after it: then Nix need not do so for each path.</summary>
    public bool IsSyncedAfterwards { get; init; }

    /// <summary>Evaluates a function of a flake's <c>nixosConfigurations</c>.</summary>
    /// <param name="flake">The flake.</param>
    /// <param name="function">The function.</param>
    /// <param name="isOffline">Whether Nix must not try to fetch what it does not have.</param>
    /// <returns>A command that prints JSON.</returns>
    public static NixCommands EvaluateFlake(FlakeReference flake, string function, bool isOffline = false) => new("nix",
    [
        "--extra-experimental-features", "nix-command flakes",
        "eval", "--json", $"{flake.Url}#nixosConfigurations",

        // The trace has the places in the configuration that the message lacks.
        "--show-trace",
        .. isOffline ? ["--offline"] : Array.Empty<string>(),

        // Alone: together with --no-write-lock-file, Nix evaluates an unlocked flake with whatever its inputs are today, and only warns
        // (tried on 2.8).
        "--no-update-lock-file",

        // A flake must not choose the caches and keys that the machine trusts.
        "--option", "accept-flake-config", "false",

        // The cache of evaluations is one database for all processes of a user, and a deploy knows by itself what changed.
        "--option", "eval-cache", "false",
        .. flake.Arguments,
        "--apply", function,
    ]);

    /// <summary>
    /// Locks what the lock file of a flake does not have. What <c>nix flake update</c> takes changed over the versions of Nix; this did
    /// not.
    /// </summary>
    /// <param name="source">The flake. Nix starts in its directory, so that its path may have any characters: no Nix writes a lock file
    /// through a registry.</param>
    /// <returns>The command.</returns>
    public static NixCommands LockFlake(ConfigurationSource source) => new("nix",
    [
        "--extra-experimental-features", "nix-command flakes",
        "flake", "lock", source.Subdirectory is { } directory ? $"path:.?dir={Uri.EscapeDataString(directory)}" : "path:.",
        "--option", "accept-flake-config", "false",
    ])
    {
        WorkingDirectory = source.Directory,
    };

    /// <summary>Evaluates a directory with a <c>configuration.nix</c>.</summary>
    /// <param name="directory">The absolute path.</param>
    /// <returns>A command that prints JSON.</returns>
    public static NixCommands EvaluateChannel(string directory) => new("nix-instantiate",
    [
        // Without it, nix-instantiate --eval names the derivation and does not write it to the store.
        "--read-write-mode", "--show-trace",
        "--eval", "--strict", "--json", "--expr", NixExpression.ChannelSystem, "--argstr", "dir", directory,
    ]);

    /// <summary>
    /// Builds, going on when one fails. The old command: the same in all versions of Nix, unlike <c>nix build</c> of derivations.
    /// </summary>
    /// <param name="derivations">The derivations.</param>
    /// <param name="root">The first of the links that become roots of the garbage collector when all succeed; null for none.</param>
    /// <param name="repairs">Whether Nix reads all that the outputs need again, and makes anew what is damaged.</param>
    /// <returns>A command that logs JSON to standard error.</returns>
    public static NixCommands Realise(IEnumerable<StorePath> derivations, string? root = null, bool repairs = false) => new("nix-store",
    [
        "--realise", "--keep-going", "--log-format", "internal-json", "-v",
        .. repairs ? ["--repair"] : Array.Empty<string>(),
        .. Root(root),
        .. Texts(derivations),
    ]);

    /// <summary>Realises derivations, which is done already as a rule, and roots their outputs in the same process.</summary>
    /// <param name="derivations">The derivations.</param>
    /// <param name="root">The first of the links that become roots of the garbage collector.</param>
    /// <returns>The command.</returns>
    public static NixCommands PlaceRoots(IEnumerable<StorePath> derivations, string root) =>
        new("nix-store", ["--realise", .. Root(root), .. Texts(derivations)]);

    /// <summary>Makes roots for derivations that are in the store, and builds nothing.</summary>
    /// <param name="derivations">The derivations.</param>
    /// <param name="root">The first of the links that become roots of the garbage collector.</param>
    /// <returns>The command.</returns>
    public static NixCommands PlaceDerivationRoots(IEnumerable<StorePath> derivations, string root) =>
        new("nix-instantiate", [.. Root(root), "--expr", NixExpression.Instantiated(derivations)]);

    /// <summary>Compresses all that paths need into a binary cache on disk, but for what it has.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="cache">The directory. Nix starts there, so that its path may have any characters.</param>
    /// <returns>The command.</returns>
    public static NixCommands CopyToCache(IEnumerable<StorePath> paths, string cache) => new("nix",
    [
        "--extra-experimental-features", "nix-command",

        // The fastest level: higher ones take minutes for a system, and save a tenth.
        "copy", "--to", "file:///proc/self/cwd?compression=zstd", .. Texts(paths),
    ])
    {
        WorkingDirectory = cache,
    };

    /// <summary>Takes paths, with all that they need, from a binary cache on disk and from nowhere else.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="cache">The directory.</param>
    /// <param name="root">The first of the links that become roots of the garbage collector; null for none.</param>
    /// <returns>The command.</returns>
    public static NixCommands Substitute(IEnumerable<StorePath> paths, string cache, string? root = null) => new("nix-store",
    [
        "--realise", .. Root(root), .. Texts(paths),

        // What is in the cache was compared with what is signed: Nix need not ask for a signature of each path.
        "--option", "substituters", $"file://{cache}?trusted=1",
        "--option", "substitute", "true",

        // A substitution counts as a job. There is nothing that could be built.
        "--option", "max-jobs", $"{Environment.ProcessorCount}",
    ])
    {
        // Hundreds of paths at once: a wait for the disk at each of them takes longer than all else.
        IsSyncedAfterwards = true,
    };

    /// <summary>Takes paths from the substituters that Nix is configured with, going on where none has one.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>A command that fails when one of them is missing at the end.</returns>
    public static NixCommands SubstituteWhatThereIs(IEnumerable<StorePath> paths) => new("nix-store",
    [
        "--realise", "--keep-going", .. Texts(paths), "--option", "max-jobs", $"{Environment.ProcessorCount}",
    ]);

    /// <summary>Says what a build would do.</summary>
    /// <param name="derivations">The derivations.</param>
    /// <returns>A command that prints to standard error.</returns>
    public static NixCommands Forecast(IEnumerable<StorePath> derivations) =>
        new("nix-store", ["--realise", "--dry-run", .. Texts(derivations)]);

    /// <summary>Finds the paths that are not in the store.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>A command that prints a path a line.</returns>
    public static NixCommands FindInvalid(IEnumerable<StorePath> paths) =>
        new("nix-store", ["--check-validity", "--print-invalid", .. Texts(paths)]);

    /// <summary>Finds everything in the store that needs one of some paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>A command that prints a path a line, the paths themselves among them.</returns>
    public static NixCommands FindDependents(params IEnumerable<StorePath> paths) =>
        new("nix-store", ["--query", "--referrers-closure", .. Texts(paths)]);

    /// <summary>Finds everything that some paths need.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>A command that prints a path a line, the paths themselves among them.</returns>
    public static NixCommands FindRequisites(params IEnumerable<StorePath> paths) =>
        new("nix-store", ["--query", "--requisites", .. Texts(paths)]);

    /// <summary>Lets Nix forget what is registered and not there, without reading what is.</summary>
    public static NixCommands VerifyPaths { get; } = new("nix-store", ["--verify"]);

    /// <summary>Says what this Nix can be told. The name is old, and the one that every version knows.</summary>
    public static NixCommands ShowSettings { get; } = new("nix", ["--extra-experimental-features", "nix-command", "show-config"]);

    /// <summary>Finds what a derivation makes.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <returns>A command that prints a path a line.</returns>
    public static NixCommands FindOutputs(StorePath derivation) => new("nix-store", ["--query", "--outputs", derivation.ToString()]);

    /// <summary>Finds the sizes of paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>A command that prints the bytes of each NAR a line, in the order of the paths.</returns>
    public static NixCommands FindSizes(IEnumerable<StorePath> paths) => new("nix-store", ["--query", "--size", .. Texts(paths)]);

    /// <summary>Reads paths again and compares them with their hashes.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>A command that names those that differ on standard error, and fails then.</returns>
    public static NixCommands Verify(IEnumerable<StorePath> paths) => new("nix-store", ["--verify-path", .. Texts(paths)]);

    /// <summary>Removes paths, whatever root keeps them. Past the daemon, which lets nobody do that.</summary>
    /// <param name="paths">The paths, with all that need them.</param>
    /// <returns>The command.</returns>
    public static NixCommands Delete(IEnumerable<StorePath> paths) =>
        new("nix-store", ["--delete", "--ignore-liveness", "--option", "store", "local", .. Texts(paths)]);

    // Old versions of Nix want to be told that the link lies outside their own directory of roots; later ones ignore --indirect.
    private static IEnumerable<string> Root(string? link) => link is null ? [] : ["--add-root", link, "--indirect"];

    private static IEnumerable<string> Texts(IEnumerable<StorePath> paths) => paths.Select(path => path.ToString());
}
