using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;

namespace Bento.Cli.Tests.Help;

/// <summary>
/// The page "Your first host in ten minutes", typed line by line: a real sshd on port 22 of a network of its own, a real Nix, accounts in
/// an /etc of its own, and the paths that the page names. Only what describes a whole NixOS is a stand-in.
/// </summary>
public sealed class FirstHostGuideTests
{
    /// <summary>Whatever it starts ends with it.</summary>
    private static readonly string[] Namespaces = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

    /// <summary>The machines around the page: the server, and the host that is installed already.</summary>
    private const string Before =
        """
        set -eu
        cp -a /etc "$WORK/etc"
        mount --bind "$WORK/etc" /etc
        mkdir -p "$WORK/srv" /run/sshd
        mount --bind "$WORK/srv" /srv
        ip link set lo up
        printf '127.0.0.1 localhost server.example.org\n127.0.0.2 web\n' > /etc/hosts
        rm -f /etc/ssh/ssh_host_*
        cp "$WORK/host-key" /etc/ssh/ssh_host_ed25519_key
        cp "$WORK/host-key.pub" /etc/ssh/ssh_host_ed25519_key.pub
        printf 'server.example.org %s\n' "$(cat "$WORK/server-key.pub")" > /etc/ssh/ssh_known_hosts
        /usr/sbin/sshd -f /dev/null -o ListenAddress=127.0.0.2 -h "$WORK/host-key" -o UsePAM=no -o PidFile=none
        scp() { echo '{ }' > hosts/web/hardware-configuration.nix; }

        """;

    /// <summary>What the page says in words: the configuration of the host, which would be a whole NixOS.</summary>
    private const string Describe = "echo '{ host = \"web\"; version = \"1\"; }' > hosts/web/configuration.nix\n";

    /// <summary>The server, once it is told of the host.</summary>
    private const string Serve =
        """
        /usr/sbin/sshd -o ListenAddress=127.0.0.1 -h "$WORK/server-key" -o UsePAM=no -o PidFile=none
        cd "$WORK/machine"
        sed -n 's/^  \(sftp .*\)$/\1/p' "$WORK"/said-* > "$WORK/printed"
        sh -eu "$WORK/printed" > "$WORK/said-host" 2>&1 || { cat "$WORK/said-host" >&2; exit 1; }
        cd /srv/fleet

        """;

    [Fact(Timeout = 240_000)]
    public async Task What_the_page_types_works_and_shows_what_the_page_shows()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        Assert.SkipWhen(SshdServer.WhyNoHosts is not null, SshdServer.WhyNoHosts ?? string.Empty);
        Assert.SkipUnless(
            Shell.Try("unshare", [.. Namespaces, "sh", "-c", "mount --bind /etc /etc && ip link set lo up"]).ExitCode == 0,
            "no namespaces can be made here, or there is no ip (iproute2)");
        using var nix = new PrivateNixStore();
        using var work = new TempDirectory();
        foreach (var key in new[] { "host-key", "server-key" })
        {
            _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", key, "-f", work[key]);
        }

        var machine = Directory.CreateDirectory(work["machine"]).FullName;
        _ = Directory.CreateDirectory(work["bin"]);
        _ = File.CreateSymbolicLink(work["bin/bento"], CliProcess.Program);
        var page = await File.ReadAllTextAsync(
            Path.Join(Repository.Root, "docs", "guide", "first-host.md"), TestContext.Current.CancellationToken);
        var blocks = GuideBlock.Of(page);

        var run = await CliProcess.RunAsync(
            "unshare", [.. Namespaces, "sh", "-c", Script(blocks)], new Dictionary<string, string?>(nix.Environment)
            {
                ["WORK"] = work.FullPath,
                ["BENTO_STATE"] = Path.Join(machine, "state"),
                ["BENTO_PROFILE"] = Path.Join(machine, "system"),
                ["BENTO_CURRENT"] = Path.Join(machine, "run", "current-system"),
                ["PATH"] = $"{work["bin"]}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin",
                [TestSystem.RunVariable] = Directory.CreateDirectory(Path.Join(machine, "run")).FullName,
            });

        Assert.True(run.ExitCode == 0, $"{run.Out}\n{run.Error}");
        var said = string.Empty;
        for (var index = 0; index < blocks.Count; index++)
        {
            // A block without a command shows what the one before it ends with.
            said = File.Exists(work[$"said-{index}"]) ? File.ReadAllText(work[$"said-{index}"]) : said;
            Assert.True(
                blocks[index].Language.Length > 0 || blocks[index].FirstMissingIn(said) is not { } missing,
                $"The page shows '{blocks[index].FirstMissingIn(said)}', the program said:\n{said}");
        }
    }

    /// <summary>The blocks as they stand, and between them what the page says in words.</summary>
    private static string Script(IReadOnlyList<GuideBlock> blocks)
    {
        var script = new System.Text.StringBuilder(Before);
        for (var index = 0; index < blocks.Count; index++)
        {
            var block = blocks[index];
            if (block.Language == "json")
            {
                _ = script.Append($"cat > /srv/fleet/bento.json <<'END'\n{string.Join('\n', block.Shown)}\nEND\n");
            }

            foreach (var command in block.Commands)
            {
                // What waits for the host needs the host: its timer is a loop here.
                var typed = command.StartsWith("bento deploy --wait", StringComparison.Ordinal)
                    ? $"echo '{{ host = \"web\"; version = \"2\"; }}' > hosts/web/configuration.nix; {Polling(command)}"
                    : command;
                _ = script.Append(typed == "bento status" ? Serve : string.Empty)
                    .Append($"echo '# {command}' >&2\n{{ {typed} ; }} >> \"$WORK/said-{index}\" 2>&1 ")
                    .Append($"|| {{ cat \"$WORK/said-{index}\" >&2; exit 1; }}\n")
                    .Append(command.StartsWith("scp ", StringComparison.Ordinal) ? Describe : string.Empty);
            }
        }

        return script.ToString();
    }

    private static string Polling(string command) =>
        "while sleep 1; do (cd \"$WORK/machine\"; sh bootstrap.sh > /dev/null 2>&1 || true); done & poll=$!; "
        + $"{command}; deployed=$?; kill $poll; [ $deployed = 0 ]";
}
