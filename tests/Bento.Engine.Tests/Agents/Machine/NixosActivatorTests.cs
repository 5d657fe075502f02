using Bento.Agents;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.Engine.Tests.Processes;
using Bento.Processes;
using Bento.TestBench;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents.Machine;

public sealed class NixosActivatorTests : IDisposable
{
    private static readonly StorePath System = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-web-25.05");
    private readonly TempDirectory _directory = new();
    private readonly List<ProcessCommand> _calls = [];
    private readonly PlayedSystemd _systemd = new();
    private readonly FakeTimeProvider _clock = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(2) };

    [Fact]
    public async Task FB2_a_switch_waits_for_the_one_of_an_agent_that_was_killed()
    {
        _systemd.BusyAnswers = 2;
        var activator = Create(usesSystemd: true, _systemd.Answer);

        Assert.Equal(
            ActivationVerdict.Done,
            (await InTimeAsync(activator.SwitchAsync(System, TextWriter.Null, TestContext.Current.CancellationToken))).Verdict);

        Assert.Equal(
            ["show", "show", "show"],
            _calls.TakeWhile(call => call.Program != "systemd-run").Select(call => call.Arguments[0]).Where(word => word == "show"));
        Assert.Equal(["systemd-run", "systemctl", "journalctl", "journalctl"], _calls.TakeLast(4).Select(call => call.Program));
    }

    [Fact(Timeout = 30_000)]
    public async Task FB2_a_systemd_that_gives_no_answer_does_not_let_a_second_switch_begin()
    {
        var activator = Create(usesSystemd: true, _ => new ProcessOutcome(1, string.Empty, "Failed to connect to bus"));

        var exception = await Assert.ThrowsAsync<ActivationException>(
            () => InTimeAsync(activator.SwitchAsync(System, TextWriter.Null, TestContext.Current.CancellationToken)));

        Assert.Contains("Failed to connect to bus", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_calls, call => call.Program == "systemd-run");
    }

    [Fact]
    public async Task FA6_under_systemd_a_switch_has_a_unit_of_a_fixed_name_and_no_pipe_to_the_agent()
    {
        var activator = Create(usesSystemd: true, _systemd.Answer);

        _ = await activator.SwitchAsync(System, TextWriter.Null, TestContext.Current.CancellationToken);

        var arguments = _calls.Single(call => call.Program == "systemd-run").Arguments;
        Assert.Contains("--unit=bento-switch-to-configuration.service", arguments);
        Assert.DoesNotContain("--pipe", arguments);
        Assert.Contains("--property=RuntimeMaxSec=3600", arguments);
        Assert.Contains("--property=LogRateLimitIntervalSec=0", arguments);
        Assert.Equal([$"{System}/bin/switch-to-configuration", "switch"], arguments.TakeLast(2));
        Assert.Equal("_SYSTEMD_INVOCATION_ID=run1", _calls[^1].Arguments[^1]);
        Assert.Equal(["--sync"], _calls[^2].Arguments);
    }

    [Fact]
    public async Task FA6_the_verdict_is_the_one_of_the_unit_and_not_of_who_waited_for_it()
    {
        _systemd.Next = ("exit-code", 1);
        var failed = await Create(usesSystemd: true, _systemd.Answer).SwitchAsync(
            System, TextWriter.Null, TestContext.Current.CancellationToken);

        // systemd-run was killed, and the switch went well.
        _systemd.Next = ("success", 0);
        var done = await Create(
            usesSystemd: true, command => _systemd.Answer(command) is var answer && command.Program == "systemd-run" ? Exit(137) : answer)
            .SwitchAsync(System, TextWriter.Null, TestContext.Current.CancellationToken);

        Assert.Equal((ActivationVerdict.Failed, ActivationVerdict.Done), (failed.Verdict, done.Verdict));
    }

    [Fact]
    public async Task FA6_how_a_switch_ended_is_found_by_the_agent_that_comes_after_until_it_is_forgotten()
    {
        var activator = Create(usesSystemd: true, _systemd.Answer);
        _systemd.Leave($"Bento: switch {System}", "exit-code", 4);
        _systemd.BusyAnswers = 1;

        var found = await InTimeAsync(activator.FindAsync(System, isStaged: false, TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Equal(ActivationVerdict.Degraded, found?.Verdict);
        Assert.Null(await activator.FindAsync(System, isStaged: true, TextWriter.Null, TestContext.Current.CancellationToken));
        await activator.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Null(await activator.FindAsync(System, isStaged: false, TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Equal(0, _systemd.Runs);
    }

    [Theory]
    [InlineData("Could not acquire lock", 11)]
    [InlineData("Failed to acquire lock", 1)]
    [InlineData("Pre-switch checks failed", 1)]
    public async Task FA13_a_switch_that_says_that_it_did_not_begin_is_believed(string said, int exitCode)
    {
        var activator = Create(usesSystemd: false, command =>
        {
            command.OnErrorLine!(said);
            return Exit(exitCode);
        });

        Assert.NotNull((await activator.SwitchAsync(System, TextWriter.Null, TestContext.Current.CancellationToken)).Refusal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_switch_that_hangs_is_ended_with_all_that_it_started()
    {
        var system = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-hanging");
        var child = _directory["child"];
        _directory.WriteFile("flock", $"#!/bin/sh\nsleep 300 &\necho $! > {child}.new; mv {child}.new {child}\nwait\n");
        File.SetUnixFileMode(_directory["flock"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var clock = new FakeTimeProvider();
        var options = new AgentOptions { StateDirectory = _directory.FullPath, UseSystemd = false };
        var runner = new HangingSwitch(_directory["flock"], new CliWrapProcessRunner(clock));

        var switching = new NixosActivator(Options.Create(options), Options.Create(new NixOptions()), runner, clock).SwitchAsync(
            system, TextWriter.Null, TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(child), TimeSpan.FromSeconds(20)), "The switch did not begin.");
        clock.Advance(options.SwitchTimeout + TimeSpan.FromMinutes(1));

        Assert.Contains(
            "did not end within 61 minutes",
            (await Assert.ThrowsAsync<ActivationException>(() => switching)).Message,
            StringComparison.Ordinal);
        var pid = (await File.ReadAllTextAsync(child, TestContext.Current.CancellationToken)).Trim();
        Assert.True(SpinWait.SpinUntil(
            () => !File.Exists($"/proc/{pid}/stat") || File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal),
            TimeSpan.FromSeconds(10)), "The child lives on.");
    }

    [Theory]
    [InlineData(0, ActivationVerdict.Done)]
    [InlineData(1, ActivationVerdict.Failed)]
    [InlineData(2, ActivationVerdict.Failed)]
    [InlineData(4, ActivationVerdict.Degraded)]
    [InlineData(11, ActivationVerdict.Failed)]
    [InlineData(100, ActivationVerdict.RebootNeeded)]
    public async Task FA4_exit_codes_mean_what_nixpkgs_says(int exitCode, ActivationVerdict verdict)
    {
        var activator = Create(usesSystemd: false, _ => Exit(exitCode));

        Assert.Equal(verdict, (await activator.SwitchAsync(System, TextWriter.Null, TestContext.Current.CancellationToken)).Verdict);
    }

    [Fact]
    public async Task FA4_a_degraded_switch_names_no_unit_that_had_failed_before_it_and_not_its_own()
    {
        _systemd.Next = ("exit-code", 4);
        _systemd.Failed = () => "old.service loaded failed failed Old\n"
            + (_systemd.Runs > 0
                ? "web.service loaded failed failed Web\nbento-switch-to-configuration.service loaded failed failed Switch\n"
                : string.Empty);
        var activator = Create(usesSystemd: true, _systemd.Answer);

        Assert.Equal(
            ["web.service"], (await activator.SwitchAsync(System, TextWriter.Null, TestContext.Current.CancellationToken)).FailedUnits);
    }

    [Fact]
    public void FA4_a_unit_that_had_failed_before_and_fails_again_is_named_when_it_is_the_only_one() =>
        Assert.Equal(["old.service"], SwitchProgram.Blame(["old.service"], ["old.service"]));

    [Fact]
    public async Task What_is_no_NixOS_system_gets_no_profile()
    {
        var activator = Create(usesSystemd: false, _ => Success);

        var exception = await Assert.ThrowsAsync<ActivationException>(
            () => activator.SetProfileAsync(System, TestContext.Current.CancellationToken));

        Assert.Contains("nixos-version", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_system_that_is_only_prepared_for_the_next_boot_is_told_so()
    {
        var activator = Create(usesSystemd: false, _ => Success);

        _ = await activator.StageAsync(System, TextWriter.Null, TestContext.Current.CancellationToken);

        Assert.Equal([$"{System}/bin/switch-to-configuration", "boot"], Assert.Single(_calls).Arguments.TakeLast(2));
    }

    [Fact]
    public async Task A_reboot_skips_the_firmware_where_it_can()
    {
        await Create(usesSystemd: true, _ => Success).RebootAsync(TestContext.Current.CancellationToken);

        Assert.Equal("kexec", Assert.Single(_calls).Arguments[^1]);
    }

    [Fact]
    public async Task Without_a_kernel_to_load_the_machine_reboots_the_long_way()
    {
        await Create(usesSystemd: true, command => command.Arguments[^1] == "kexec" ? Exit(1) : Success).RebootAsync(
            TestContext.Current.CancellationToken);

        Assert.Equal(["kexec", "reboot"], _calls.Select(call => call.Arguments[^1]));
        Assert.Equal("1", _calls[^1].Environment["SYSTEMCTL_SKIP_AUTO_KEXEC"]);
    }

    [Fact]
    public async Task A_reboot_that_is_refused_is_an_error()
    {
        var activator = Create(usesSystemd: true, _ => new ProcessOutcome(1, string.Empty, "Operation inhibited"));

        var exception = await Assert.ThrowsAsync<ActivationException>(() => activator.RebootAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Operation inhibited", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FA6_nobody_has_to_wait_for_a_switch_that_goes_on_in_its_unit()
    {
        using var stop = new CancellationTokenSource();
        var switching = new TaskCompletionSource<ProcessOutcome>();
        var activator = new NixosActivator(
            Options.Create(new AgentOptions { UseSystemd = true }),
            Options.Create(new NixOptions()),
            new WaitingRunner(switching.Task, stop),
            _clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => activator.SwitchAsync(System, TextWriter.Null, stop.Token));
        switching.SetResult(Success);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>A switch that takes as long as a test says; asked to stop as soon as it runs.</summary>
    private sealed class WaitingRunner(Task<ProcessOutcome> switching, CancellationTokenSource stop) : IProcessRunner
    {
        public async Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken cancellationToken)
        {
            if (command.Program != "systemd-run")
            {
                return new PlayedSystemd().Answer(command);
            }

            await stop.CancelAsync();
            Assert.False(cancellationToken.IsCancellationRequested);
            return await switching;
        }
    }

    /// <summary>The real thing, with a program in the place of the switch.</summary>
    private sealed class HangingSwitch(string program, CliWrapProcessRunner runner) : IProcessRunner
    {
        public Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken cancellationToken) =>
            runner.RunAsync(command with { Program = program, Arguments = [] }, cancellationToken);
    }

    private async Task<T> InTimeAsync<T>(Task<T> working)
    {
        while (!working.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await working;
    }

    private static ProcessOutcome Success => Exit(0);

    private static ProcessOutcome Exit(int code) => new(code, string.Empty, string.Empty);

    private NixosActivator Create(bool usesSystemd, Func<ProcessCommand, ProcessOutcome> play) => new(
        Options.Create(new AgentOptions
        {
            StateDirectory = _directory.FullPath,
            SystemProfile = _directory["profiles/system"],
            CurrentSystem = _directory["current-system"],
            BootedSystem = _directory["booted-system"],
            UseSystemd = usesSystemd,
        }),
        Options.Create(new NixOptions()),
        new ScriptedProcessRunner(command =>
        {
            _calls.Add(command);
            return play(command);
        }),
        _clock);
}
