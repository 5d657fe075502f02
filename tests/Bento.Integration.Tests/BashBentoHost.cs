using System.Diagnostics;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;

namespace Bento.Integration.Tests;

/// <summary>
/// A host that speaks the protocol of bash bento and knows nothing of Bento: it lists the stamp, and when the line changed it fetches
/// <c>bootstrap.sh</c> and runs it by sh, whatever comes of that.
/// </summary>
internal sealed class BashBentoHost(SshdServer server, HostName host, PrivateNixStore nix) : IDisposable
{
    private const string Poll =
        """
        mkdir -p "$BENTO_STATE" && cd "$BENTO_STATE" && touch .state || exit 5
        client="sftp -q -P $PORT -oIdentityFile=$BENTO_IDENTITY -oUserKnownHostsFile=$KNOWN_HOSTS"
        echo "ls -l last_change_date" | $client "$LOGIN" > new-state || exit 1
        if cmp -s new-state .state; then echo "nothing new"; exit 0; fi
        $client "$LOGIN:/config/bootstrap.sh" . || exit 1
        sh bootstrap.sh $ARGUMENTS
        echo "ended with $?"
        mv new-state .state
        """;

    private readonly TempDirectory _machine = new();

    public string Profile => _machine["profiles/system"];

    /// <summary>Where it keeps what bash bento keeps in /var/bento.</summary>
    public string State => Directory.CreateDirectory(_machine["bento"]).FullName;

    /// <summary>What plays /run: the link to its system, and what its switches did.</summary>
    public string Run => Directory.CreateDirectory(_machine["run"]).FullName;

    /// <summary>What the first program of a name on its PATH does.</summary>
    public void Replace(string program, string script)
    {
        var path = _machine.WriteFile($"bin/{program}", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Polls once.</summary>
    /// <param name="arguments">What the script is told beside.</param>
    /// <returns>What it printed.</returns>
    public async Task<string> PollAsync(string arguments = "")
    {
        _ = Directory.CreateDirectory(_machine["profiles"]);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Poll]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in nix.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["PATH"] = $"{_machine["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["BENTO_STATE"] = State;
        start.Environment["BENTO_PROFILE"] = Profile;
        start.Environment["BENTO_CURRENT"] = Path.Join(Run, "current-system");
        start.Environment["BENTO_IDENTITY"] = server.KeyFileOf(host);
        start.Environment["BENTO_PAUSE"] = "0";
        start.Environment["ARGUMENTS"] = arguments;
        start.Environment["KNOWN_HOSTS"] = _machine.WriteFile("known_hosts", $"[{SshdServer.Address}]:{server.Port} {server.HostKey}\n");
        start.Environment["PORT"] = $"{server.Port}";
        start.Environment["LOGIN"] = $"{host}@{SshdServer.Address}";
        start.Environment[TestSystem.RunVariable] = Run;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return $"{output}{await error}";
    }

    public void Dispose() => _machine.Dispose();
}
