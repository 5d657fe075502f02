using Bento.Agents;
using Bento.Testing.Agents;
using Bento.Testing.Fleet;

namespace Bento.Testing.Tests.Agents;

/// <summary>The suite for activators finds what is broken.</summary>
public sealed class ActivatorContractTests
{
    [Fact(Timeout = 60_000)]
    public Task A_profile_that_is_not_set_is_found() =>
        Suite.FailsAsync(new Runs(Fault.Forgets), suite => suite.The_profile_is_exactly_what_it_was_set_to_also_again());

    [Fact(Timeout = 60_000)]
    public Task A_switch_that_prepares_only_the_next_boot_is_found() =>
        Suite.FailsAsync(new Runs(Fault.OnlyStages), suite => suite.A_switch_runs_the_system_also_again_and_back());

    [Fact(Timeout = 60_000)]
    public Task A_boot_that_is_prepared_by_switching_now_is_found() =>
        Suite.FailsAsync(new Runs(Fault.SwitchesEarly), suite => suite.What_is_prepared_for_the_next_boot_does_not_run());

    [Fact(Timeout = 60_000)]
    public Task A_switch_that_fails_and_says_that_it_is_done_is_found() =>
        Suite.FailsAsync(new Runs(Fault.Boasts), suite => suite.A_switch_that_fails_is_a_result_and_the_way_back_is_open());

    [Fact(Timeout = 60_000)]
    public Task A_switch_that_begins_although_it_was_cancelled_is_found() =>
        Suite.FailsAsync(new Runs(Fault.Deaf), suite => suite.What_is_cancelled_before_it_begins_changes_nothing());

    internal enum Fault
    {
        Forgets,
        OnlyStages,
        SwitchesEarly,
        Boasts,
        Deaf,
    }

    private sealed class Runs(Fault fault) : ActivatorContract
    {
        private readonly ScriptedMachine _machine = new(ScriptedBuilder.SystemOf("/nix/store", "lab", "0"), new FaultPoint());
        private int _systems;

        protected override Task<IActivator> CreateAsync() => Task.FromResult<IActivator>(new Broken(_machine, fault));

        protected override Task<StorePath> CreateSystemAsync() =>
            Task.FromResult(ScriptedBuilder.SystemOf("/nix/store", "lab", $"{++_systems}"));

        protected override Task<StorePath> CreateFailingSystemAsync()
        {
            _machine.Next = SwitchScript.Failed;
            return CreateSystemAsync();
        }
    }

    private sealed class Broken(ScriptedMachine inner, Fault fault) : IActivator
    {
        public Task<MachineState> InspectAsync(CancellationToken cancellationToken) => inner.InspectAsync(cancellationToken);

        public Task SetProfileAsync(StorePath system, CancellationToken cancellationToken) => fault == Fault.Forgets
            ? Task.CompletedTask
            : inner.SetProfileAsync(system, Heard(cancellationToken));

        public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken) =>
            inner.FindInhibitorsAsync(system, cancellationToken);

        public async Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken)
        {
            var activation = fault == Fault.OnlyStages
                ? await inner.StageAsync(system, log, cancellationToken)
                : await inner.SwitchAsync(system, log, Heard(cancellationToken));
            return fault == Fault.Boasts ? activation with { Verdict = ActivationVerdict.Done, ExitCode = 0 } : activation;
        }

        public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
            fault == Fault.SwitchesEarly
                ? inner.SwitchAsync(system, log, cancellationToken)
                : inner.StageAsync(system, log, Heard(cancellationToken));

        public Task RebootAsync(CancellationToken cancellationToken) => inner.RebootAsync(Heard(cancellationToken));

        private CancellationToken Heard(CancellationToken cancellationToken) =>
            fault == Fault.Deaf ? CancellationToken.None : cancellationToken;
    }
}
