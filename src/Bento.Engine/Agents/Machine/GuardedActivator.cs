using Bento.Processes;

namespace Bento.Agents.Machine;

/// <summary>An activator of somebody else: what it throws is that the machine could not be looked at, switched or rebooted.</summary>
internal sealed class GuardedActivator(IActivator inner) : IActivator
{
    public Task<MachineState> InspectAsync(CancellationToken cancellationToken) =>
        AskAsync(
            async () => ForeignPart.Given(await inner.InspectAsync(cancellationToken).ConfigureAwait(false), "state of the machine"),
            cancellationToken);

    public Task SetProfileAsync(StorePath system, CancellationToken cancellationToken) =>
        AskAsync(() => inner.SetProfileAsync(system, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<string>>(
            async () => [.. await inner.FindInhibitorsAsync(system, cancellationToken).ConfigureAwait(false)], cancellationToken);

    public Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
        AskAsync(
            async () => ForeignPart.Given(await inner.SwitchAsync(system, log, cancellationToken).ConfigureAwait(false), "result"),
            cancellationToken);

    public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
        AskAsync(
            async () => ForeignPart.Given(await inner.StageAsync(system, log, cancellationToken).ConfigureAwait(false), "result"),
            cancellationToken);

    public Task RebootAsync(CancellationToken cancellationToken) =>
        AskAsync(() => inner.RebootAsync(cancellationToken), cancellationToken);

    private Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner, call, (reason, exception) => throw new ActivationException(reason, exception), cancellationToken);

    private Task AskAsync(Func<Task> call, CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner, call, (reason, exception) => new ActivationException(reason, exception), cancellationToken);
}
