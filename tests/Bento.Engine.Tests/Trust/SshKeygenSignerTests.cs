using System.Text;
using Bento.Administration;
using Bento.Engine.Tests.Processes;
using Bento.Processes;
using Bento.TestBench;
using Bento.Trust;

namespace Bento.Engine.Tests.Trust;

public sealed class SshKeygenSignerTests
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("a payload");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Without_keys_nothing_is_signed_and_no_program_runs()
    {
        using var signer = SshKey.Signer(new ScriptedProcessRunner(_ => throw new InvalidOperationException()));

        Assert.Empty(await signer.SignAsync(Payload, Token));
        Assert.Empty(await signer.ReadKeysAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_key_signs_in_the_order_of_the_options()
    {
        using var a = SshKey.Make();
        using var b = SshKey.Make("ecdsa", 256);
        using var signer = SshKey.Signer(a.File, b.File);

        var signatures = await signer.SignAsync(Payload, Token);

        Assert.Equal([a.Public, b.Public], signatures.Select(armor => SshSignature.Parse(armor).Key));
        Assert.Equal([a.Public, b.Public], await signer.ReadKeysAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_missing_key_is_named_with_what_to_do()
    {
        using var directory = new TempDirectory();
        using var signer = SshKey.Signer(directory["no-key"]);

        foreach (var act in new Func<Task>[] { () => signer.SignAsync(Payload, Token), () => signer.ReadKeysAsync(Token) })
        {
            var exception = await Assert.ThrowsAsync<SigningException>(act);
            Assert.Contains(directory["no-key"], exception.Message, StringComparison.Ordinal);
            Assert.Contains("ssh-keygen -t ed25519", exception.NextStep?.Text, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_whose_passphrase_nobody_types_is_named_with_what_to_do()
    {
        using var key = SshKey.Make(passphrase: "open sesame");
        using var signer = SshKey.Signer(new WithoutTerminal(SshKey.Runner), key.File);

        Assert.Equal([key.Public], await signer.ReadKeysAsync(Token));
        var exception = await Assert.ThrowsAsync<SigningException>(() => signer.SignAsync(Payload, Token));

        Assert.Contains($"'{key.File}' is locked", exception.Message, StringComparison.Ordinal);
        Assert.Equal($"Unlock it for this session: ssh-add {key.File}", exception.NextStep?.Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_that_others_can_read_is_named_with_what_to_do()
    {
        using var key = SshKey.Make();
        File.SetUnixFileMode(key.File, (UnixFileMode)0b110_100_100);
        using var signer = SshKey.Signer(key.File);

        var exception = await Assert.ThrowsAsync<SigningException>(() => signer.SignAsync(Payload, Token));

        Assert.Equal($"Run: chmod 600 {key.File}", exception.NextStep?.Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_public_key_whose_agent_is_away_is_named_with_what_to_do()
    {
        using var key = SshKey.Make();
        File.Delete(key.File);
        using var signer = SshKey.Signer(new WithoutTerminal(SshKey.Runner), key.File + ".pub");

        var exception = await Assert.ThrowsAsync<SigningException>(() => signer.SignAsync(Payload, Token));

        Assert.Contains("ssh-add", exception.NextStep?.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_in_an_agent_signs_by_its_public_half()
    {
        using var key = SshKey.Make(passphrase: "open sesame");
        using var directory = new TempDirectory();
        var socket = directory["agent"];
        var output = Shell.Run("ssh-agent", "-a", socket, "-s");
        var pid = output.Split("SSH_AGENT_PID=")[1].Split(';')[0];
        try
        {
            var askpass = directory.WriteFile("askpass", "#!/bin/sh\necho 'open sesame'\n");
            File.SetUnixFileMode(askpass, (UnixFileMode)0b111_000_000);
            _ = Shell.Run(
                "env", $"SSH_AUTH_SOCK={socket}", $"SSH_ASKPASS={askpass}", "SSH_ASKPASS_REQUIRE=force", "ssh-add", "-q", key.File);
            File.Delete(key.File);
            using var signer = SshKey.Signer(new WithoutTerminal(SshKey.Runner, socket), key.File + ".pub");

            var armor = Assert.Single(await signer.SignAsync(Payload, Token));

            Assert.True(key.Verify(Payload, armor).IsGood);
        }
        finally
        {
            _ = Shell.Try("kill", pid);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_missing_ssh_keygen_is_named_with_what_to_do()
    {
        using var key = SshKey.Make();
        using var signer = SshKey.Signer(
            new ScriptedProcessRunner(command => throw new ProcessStartException(command.Program, isMissing: true)), key.File);

        var exception = await Assert.ThrowsAsync<SigningException>(() => signer.SignAsync(Payload, Token));

        Assert.Contains("'ssh-keygen'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("openssh-client", exception.NextStep?.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_signature_that_no_agent_would_take_is_not_published()
    {
        using var key = SshKey.Make();
        using var other = SshKey.Make();
        var strange = other.Sign(Payload);
        using var signer = SshKey.Signer(new ScriptedProcessRunner(_ => new ProcessOutcome(0, strange, string.Empty)), key.File);

        _ = await Assert.ThrowsAsync<SigningException>(() => signer.SignAsync(Payload, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_for_a_fleet_is_private_and_never_overwritten()
    {
        using var directory = new TempDirectory();
        var path = directory["state/signing-key"];
        var keys = new SshKeygenKeys(new SshKeygen(SshKey.Runner));

        var key = await keys.CreateAsync(path, "bento@here", Token);

        Assert.Equal(
            ("ssh-ed25519", (UnixFileMode)0b110_000_000, (UnixFileMode)0b111_000_000),
            (key.Type, File.GetUnixFileMode(path), File.GetUnixFileMode(directory["state"])));
        Assert.Equal(key.ToString(), (await File.ReadAllTextAsync(path + ".pub", Token)).Trim());
        var before = await File.ReadAllBytesAsync(path, Token);
        _ = await Assert.ThrowsAsync<SigningException>(() => keys.CreateAsync(path, "again", Token));
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Token));
        using var signer = SshKey.Signer(path);
        _ = Assert.Single(await signer.SignAsync(Payload, Token));
    }

    [Fact]
    public void Every_problem_of_the_options_is_found_at_once()
    {
        var options = new SigningOptions();
        foreach (var path in new[] { "relative", "/a", "/a" })
        {
            options.KeyFiles.Add(path);
        }

        Assert.Equal(2, new SigningOptionsRules().Validate(null, options).Failures!.Count());
    }

    /// <summary>Nobody types, on whatever terminal the tests run.</summary>
    private sealed class WithoutTerminal(IProcessRunner inner, string? agent = null) : IProcessRunner
    {
        public Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken cancellationToken) => inner.RunAsync(
            command with
            {
                Environment = new Dictionary<string, string?>(command.Environment)
                {
                    ["SSH_ASKPASS"] = "/bin/false",
                    ["SSH_ASKPASS_REQUIRE"] = "force",
                    ["SSH_AUTH_SOCK"] = agent,
                },
            },
            cancellationToken);
    }
}
