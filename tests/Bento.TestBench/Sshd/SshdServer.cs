using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bento.Administration;

namespace Bento.TestBench.Sshd;

/// <summary>
/// A real OpenSSH server on a free port of the loopback, with its own configuration and keys. The user of the tests logs in without chroot,
/// as a publisher does; each of <see cref="Hosts"/> logs in to its area below <see cref="AreasDirectory"/> under the block that Bento
/// prints for a server.
/// </summary>
public sealed class SshdServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private static readonly string[] KeyTypes = ["ed25519", "ecdsa", "rsa"];

    /// <summary>Made once for all servers of a test run: an RSA key takes longer than most tests.</summary>
    private static readonly Lazy<TempDirectory> HostKeys = new(() =>
    {
        var directory = new TempDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Dispose();
        MakeHostKeys(directory);
        return directory;
    });

    private readonly TempDirectory _private = new();
    private readonly string _public;
    private readonly SystemUsers? _users;
    private readonly SshdServer? _original;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly int _fleetSize;
    private Process? _process;

    private SshdServer(int hostCount, int fleetSize, SshdServer? original = null)
    {
        _fleetSize = fleetSize;
        _original = original;

        // Every component of a chroot belongs to root and nobody else may write it, so not /tmp. Keys are read as the user that logs in.
        _public = hostCount > 0 || original is not null
            ? Directory.CreateDirectory($"/var/lib/bento-test-{Guid.NewGuid():N}").FullName
            : Directory.CreateDirectory(_private["public"]).FullName;
        AreasDirectory = Directory.CreateDirectory(Path.Combine(_public, "areas")).FullName;
        Directory.CreateDirectory(Path.Combine(_public, "keys"));
        _users = original?._users ?? (hostCount > 0 ? new SystemUsers(hostCount) : null);
        Port = FreePort();
        foreach (var file in Directory.GetFiles(HostKeys.Value.FullPath))
        {
            File.Copy(file, _private[Path.GetFileName(file)]);
        }

        foreach (var user in Hosts.Select(host => host.ToString()).Append(UserName))
        {
            MakeLogin(user);
            File.Copy(_private[$"login-{user}.pub"], Path.Combine(_public, "keys", user));
        }

        File.WriteAllText(_private["sshd_config"], Configuration());
    }

    /// <summary>Why there can be no server here; null when there can.</summary>
    public static string? WhyNot => !File.Exists(Program) ? $"{Program} is not installed" : null;

    /// <summary>Why there can be no server with hosts here; null when there can.</summary>
    public static string? WhyNoHosts => WhyNot ?? (Shell.IsRoot ? null : "only root makes system users and chroots");

    public static string Address => "127.0.0.1";

    public int Port { get; }

    /// <summary>Who logs in as a publisher.</summary>
    public string UserName { get; } = Environment.UserName;

    /// <summary>The hosts that may log in.</summary>
    public IReadOnlyList<HostName> Hosts => _users?.Hosts ?? [];

    /// <summary>Where the areas lie; empty at first, belongs to root where there are hosts.</summary>
    public string AreasDirectory { get; }

    /// <summary>The line that a client pins.</summary>
    public string HostKey => PublicKey("host_ed25519");

    /// <summary>The file that configures it.</summary>
    public string ConfigurationFile => _private["sshd_config"];

    /// <summary>What the server has said so far.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Starts a server; skips the test where that is impossible.</summary>
    /// <param name="hostCount">How many hosts may log in; none without root.</param>
    /// <param name="fleetSize">How many hosts it is configured for.</param>
    public static async Task<SshdServer> StartAsync(int hostCount = 0, int fleetSize = 100)
    {
        Assert.SkipWhen((hostCount > 0 ? WhyNoHosts : WhyNot) is not null, WhyNoHosts ?? string.Empty);
        for (var attempt = 1; ; attempt++)
        {
            var server = new SshdServer(hostCount, fleetSize);
            try
            {
                await server.StartAgainAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                // Somebody else was given the free port in between.
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Starts another server that the same hosts log in to, with the same keys; stop it before this one.</summary>
    public async Task<SshdServer> StartSecondAsync()
    {
        var second = new SshdServer(0, _fleetSize, original: this);
        await second.StartAgainAsync();
        return second;
    }

    /// <summary>The line of another of the server's keys: ed25519, ecdsa or rsa.</summary>
    public string HostKeyOf(string type) => PublicKey($"host_{type}");

    /// <summary>The private key of a host, or of the publisher.</summary>
    public string KeyFileOf(HostName? host = null) => _private[$"login-{host?.ToString() ?? UserName}"];

    /// <summary>Gives the server other host keys, as an impostor on its address has; takes effect at the next start.</summary>
    public void ReplaceHostKeys()
    {
        foreach (var type in KeyTypes)
        {
            File.Delete(_private[$"host_{type}"]);
            File.Delete(_private[$"host_{type}.pub"]);
        }

        MakeHostKeys(_private);
    }

    /// <summary>Gives its ed25519 key a certificate by ssh-keygen; takes effect at the next start.</summary>
    /// <param name="authority">The private key of the authority.</param>
    /// <param name="arguments">What ssh-keygen is told beside that: <c>-h</c>, <c>-n names</c>, <c>-V times</c>.</param>
    public void Certify(string authority, params string[] arguments)
    {
        Shell.Run("ssh-keygen", ["-q", "-s", authority, "-I", "bento test", .. arguments, _private["host_ed25519.pub"]]);
        if (!File.ReadAllText(ConfigurationFile).Contains("HostCertificate", StringComparison.Ordinal))
        {
            File.WriteAllText(
                ConfigurationFile, $"HostCertificate {_private["host_ed25519-cert.pub"]}\n{File.ReadAllText(ConfigurationFile)}");
        }
    }

    /// <summary>Starts it after <see cref="StopAsync"/>, on the same port.</summary>
    public async Task StartAgainAsync()
    {
        if (Shell.IsRoot)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        // Else whoever waits goes on in the thread that reads the log, and nobody reads it: sshd stops when the pipe is full.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(Program, ["-D", "-e", "-f", _private["sshd_config"]]) { RedirectStandardError = true };
        _process?.Dispose();
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) =>
        {
            _log.Enqueue(line.Data ?? "end of log");
            if (line.Data is null)
            {
                listening.TrySetException(new InvalidOperationException(Log));
            }
            else if (line.Data.Contains("Server listening", StringComparison.Ordinal))
            {
                listening.TrySetResult();
            }
        };
        _process.Start();
        _process.BeginErrorReadLine();
        await listening.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    /// <summary>Stops listening and ends all sessions, as a reboot of the server does.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false } process)
        {
            // Held still meanwhile: a session that begins after they were listed would live on, and hold the log open.
            Signal("STOP", [process.Id]);
            var sessions = Descendants(process.Id);
            process.Kill();
            Signal("KILL", sessions);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Makes all sessions stop answering.</summary>
    public void PauseSessions() => Signal("STOP", Descendants(_process!.Id));

    /// <summary>Lets them go on.</summary>
    public void ResumeSessions() => Signal("CONT", Descendants(_process!.Id));

    /// <summary>Ends all sessions; new ones can be opened.</summary>
    public void KillSessions() => Signal("KILL", Descendants(_process!.Id));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        if (_original is null)
        {
            _users?.Dispose();
        }

        Shell.Try("rm", "-rf", "--one-file-system", _public);
        _private.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void MakeLogin(string user)
    {
        if (_original is null)
        {
            MakeKey(_private[$"login-{user}"], "ed25519");
            return;
        }

        foreach (var half in new[] { $"login-{user}", $"login-{user}.pub" })
        {
            File.Copy(_original._private[half], _private[half]);
        }
    }

    private static void MakeKey(string path, string type) =>
        Shell.Run("ssh-keygen", "-q", "-t", type, "-b", type == "rsa" ? "2048" : "256", "-N", string.Empty, "-C", "bento test", "-f", path);

    private static void Signal(string signal, List<int> processes)
    {
        if (processes.Count > 0)
        {
            Shell.Try("kill", [$"-{signal}", .. processes.Select(id => id.ToString())]);
        }
    }

    /// <summary>The sessions of a server: sshd starts a process for each, and another one for its user.</summary>
    private static List<int> Descendants(int process)
    {
        var (_, children) = Shell.Try("ps", "--no-headers", "-o", "pid", "--ppid", process.ToString());
        var direct = children.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(int.Parse)
            .ToList();
        return [.. direct, .. direct.SelectMany(Descendants)];
    }

    private static void MakeHostKeys(TempDirectory directory)
    {
        foreach (var type in KeyTypes)
        {
            MakeKey(directory[$"host_{type}"], type);
        }
    }

    private string PublicKey(string name) => File.ReadAllText(_private[$"{name}.pub"]).Trim();

    private string Configuration() => $"""
        ListenAddress {Address}
        Port {Port}
        HostKey {_private["host_ed25519"]}
        HostKey {_private["host_ecdsa"]}
        HostKey {_private["host_rsa"]}
        AuthorizedKeysFile {_public}/keys/%u
        PidFile none
        UsePAM no
        StrictModes no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin prohibit-password
        LogLevel DEBUG1
        Subsystem sftp internal-sftp
        {(_users is null ? "MaxStartups 200" : new SshdConfiguration(AreasDirectory, _fleetSize, _users.Group) { KeysDirectory = Path.Combine(_public, "keys") })}
        """;
}
