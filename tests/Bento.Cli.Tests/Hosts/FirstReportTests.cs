using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;

namespace Bento.Cli.Tests.Hosts;

/// <summary>
/// The way of a new host into a fleet: one command where the fleet is, and the one that it prints on the host. A real sshd under exactly
/// what Bento wrote, a real Nix, and an /etc of its own.
/// </summary>
public sealed class FirstReportTests
{
    private const string Host = "bento-first";

    /// <summary>
    /// What an operator types, and what happens between: the accounts are made in a copy of /etc that only this script sees.
    /// </summary>
    private const string Script =
        """
        set -eu
        cp -a /etc "$WORK/etc"
        mount --bind "$WORK/etc" /etc
        rm -f /etc/ssh/ssh_host_ed25519_key /etc/ssh/ssh_host_ed25519_key.pub
        cp "$WORK/host-key" /etc/ssh/ssh_host_ed25519_key
        cp "$WORK/host-key.pub" /etc/ssh/ssh_host_ed25519_key.pub
        printf '[127.0.0.1]:%s %s\n' "$PORT" "$(cat "$WORK/server-key.pub")" > /etc/ssh/ssh_known_hosts
        mkdir -p /run/sshd

        # One: where the fleet is.
        "$BENTO" host add "$NEW" --key "$WORK/host-key.pub" --deploy >&2 2> "$WORK/said" || { cat "$WORK/said" >&2; exit 1; }
        cat "$WORK/said" >&2

        /usr/sbin/sshd -D -e -p "$PORT" -h "$WORK/server-key" -o UsePAM=no -o PidFile=none 2> "$WORK/sshd-log" &
        trap 'kill $!' EXIT
        until grep -q listening "$WORK/sshd-log"; do kill -0 $!; done

        # Two: on the host, what the first one printed.
        cd "$WORK/machine"
        sed -n 's/^  \(sftp .*\)$/\1/p' "$WORK/said" > "$WORK/second"
        sh -eu "$WORK/second" >&2 || { cat "$WORK/sshd-log" >&2; exit 1; }

        "$BENTO" status --json
        """;

    [Fact(Timeout = 240_000)]
    public async Task A_new_host_reports_after_two_commands()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        Assert.SkipWhen(SshdServer.WhyNoHosts is not null, SshdServer.WhyNoHosts ?? string.Empty);
        Assert.SkipUnless(
            Shell.Try("unshare", "--mount", "mount", "--bind", "/etc", "/etc").ExitCode == 0, "no mount namespace can be made here");
        using var nix = new PrivateNixStore();
        using var work = new TempDirectory();
        var areas = $"/var/lib/bento-test-{Guid.NewGuid():N}";
        var port = FreePort();
        Keys(work, "host-key", "server-key");
        var fleet = nix.CreateDirectory("fleet");
        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(fleet, "init")).ExitCode);
        Directory.Delete(Path.Join(fleet, "hosts", "example"), recursive: true);
        _ = new TestFlake().With(Host).WriteTo(Path.Join(fleet, "hosts", "lab"));
        await File.WriteAllTextAsync(
            Path.Join(fleet, "bento.json"),
            $$"""
            {
              "areas": { "directory": "{{areas}}", "ownership": "system-users" },
              "bootstrap": { "host": "127.0.0.1", "port": {{port}} },
              "signing": { "keys": [".bento/signing-key"] }
            }
            """,
            TestContext.Current.CancellationToken);
        var machine = Directory.CreateDirectory(work["machine"]).FullName;
        try
        {
            var run = await CliProcess.RunAsync("unshare", ["--mount", "sh", "-c", Script], new Dictionary<string, string?>(nix.Environment)
            {
                ["WORK"] = work.FullPath,
                ["NEW"] = Host,
                ["BENTO"] = CliProcess.Program,
                ["PORT"] = $"{port}",
                ["BENTO_DIR"] = fleet,
                ["BENTO_STATE"] = Path.Join(machine, "state"),
                ["BENTO_PROFILE"] = Path.Join(machine, "system"),
                ["BENTO_CURRENT"] = Path.Join(machine, "run", "current-system"),
                ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin",
                [TestSystem.RunVariable] = Directory.CreateDirectory(Path.Join(machine, "run")).FullName,
            });

            Assert.True(run.ExitCode == 0, run.Error);
            using var status = JsonDocument.Parse(run.Out);
            var host = Assert.Single(status.RootElement.GetProperty("hosts").EnumerateArray());
            Assert.Equal((Host, "up-to-date"), (host.GetProperty("host").GetString(), host.GetProperty("state").GetString()));
        }
        finally
        {
            _ = Shell.Try("rm", "-rf", "--one-file-system", areas);
        }
    }

    private static void Keys(TempDirectory directory, params string[] names)
    {
        foreach (var name in names)
        {
            _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", name, "-f", directory[name]);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
