using Bento.Agents;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.Engine.Tests.Processes;
using Bento.Processes;
using Bento.TestBench;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Agents.Machine;

public sealed class DirectActivationTests : IDisposable
{
    private readonly TempDirectory _store = new();
    private readonly List<ProcessCommand> _calls = [];
    private readonly StorePath _system;

    public DirectActivationTests()
    {
        _system = StorePath.Parse(_store["0123456789abcdfghijklmnpqrsvwxyz-nixos-system-web?-25.05"]);
        _ = Directory.CreateDirectory(_system.ToString());
        File.WriteAllText(Path.Join(_system.ToString(), "nixos-version"), "25.05");
    }

    [Fact]
    public async Task Another_machine_gets_the_closure_then_the_profile_then_the_switch()
    {
        var activation = await ActivateAsync(ActivationMode.Switch, new SshTarget("192.0.2.7", ["-p", "2222", "-i", "/keys/id"]), _ => 0);

        Assert.Equal(ActivationVerdict.Done, activation.Verdict);
        Assert.Equal(["nix-copy-closure", "ssh", "ssh"], _calls.Select(call => call.Program));
        Assert.Equal(["--to", "root@192.0.2.7", _system.ToString()], _calls[0].Arguments);
        Assert.Equal("-p 2222 -i /keys/id", _calls[0].Environment["NIX_SSHOPTS"]);
        Assert.All(_calls.Skip(
            1), call => Assert.Equal(["-p", "2222", "-i", "/keys/id", "--", "root@192.0.2.7"], call.Arguments.SkipLast(1)));
        Assert.Equal($"nix-env --profile /nix/var/nix/profiles/system --set '{_system}'", _calls[1].Arguments[^1]);
        Assert.Contains("--unit=bento-switch-to-configuration.service ", _calls[2].Arguments[^1], StringComparison.Ordinal);
        Assert.Contains($" '{_system}/bin/switch-to-configuration' switch; else", _calls[2].Arguments[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Nix_cannot_give_to_ssh_is_said_before_anything_is_copied()
    {
        var exception = await Assert.ThrowsAsync<ActivationException>(
            () => ActivateAsync(ActivationMode.Switch, new SshTarget("web", ["-i", "/my keys/id"]), _ => 0));

        Assert.Contains("'/my keys/id'", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task What_the_shell_of_another_machine_gets_is_sound()
    {
        _ = await ActivateAsync(ActivationMode.Switch, new SshTarget("web", []), _ => 0);

        Assert.All(_calls.Where(
            call => call.Program == "ssh"), call => Assert.Equal((0, string.Empty), Shell.Try("sh", "-n", "-c", call.Arguments[^1])));
    }

    [Fact]
    public async Task A_test_sets_no_profile()
    {
        _ = await ActivateAsync(ActivationMode.Test, new SshTarget("admin@web", []), _ => 0);

        Assert.Equal(["nix-copy-closure", "ssh"], _calls.Select(call => call.Program));
        Assert.Equal("admin@web", _calls[1].Arguments[1]);
        Assert.EndsWith("/bin/switch-to-configuration' test; fi", _calls[1].Arguments[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nix-copy-closure", "could not be copied")]
    [InlineData("--set", "profile could not be set")]
    [InlineData("switch-to-configuration", "connection was lost")]
    public async Task A_machine_that_cannot_be_reached_is_named(string failing, string words)
    {
        var exception = await Assert.ThrowsAsync<ActivationException>(() => ActivateAsync(
            ActivationMode.Switch,
            new SshTarget("web", []),
            command => command.Program == failing || command.Arguments[^1].Contains(failing, StringComparison.Ordinal) ? 255 : 0));

        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.Contains("root@web", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_that_fails_there_is_a_result()
    {
        var activation = await ActivateAsync(
            ActivationMode.Switch,
            new SshTarget("web", []),
            command => command.Arguments[^1].Contains("switch-to", StringComparison.Ordinal) ? 4 : 0);

        Assert.Equal(ActivationVerdict.Degraded, activation.Verdict);
    }

    [Fact]
    public async Task What_is_no_system_goes_nowhere()
    {
        File.Delete(Path.Join(_system.ToString(), "nixos-version"));

        await Assert.ThrowsAsync<ActivationException>(() => ActivateAsync(ActivationMode.Test, new SshTarget("web", []), _ => 0));

        Assert.Empty(_calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("a b")]
    public void A_destination_is_no_option_of_ssh(string destination) =>
        Assert.Throws<ArgumentException>(() => new SshTarget(destination, []));

    public void Dispose() => _store.Dispose();

    private Task<Activation> ActivateAsync(ActivationMode mode, SshTarget target, Func<ProcessCommand, int> exitCode)
    {
        var processes = new ScriptedProcessRunner(command =>
        {
            _calls.Add(command);
            return new ProcessOutcome(exitCode(command), string.Empty, string.Empty);
        });
        return new DirectActivation(Options.Create(new AgentOptions()), Options.Create(new NixOptions()), processes, TimeProvider.System)
            .ActivateAsync(_system, mode, target, TextWriter.Null, TestContext.Current.CancellationToken);
    }
}
