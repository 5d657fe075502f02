using Bento.Agents;

namespace Bento.Testing.Agents;

/// <summary>
/// What every activator does to its machine. Derive, and give a machine that may be switched. No test orders a reboot.
/// </summary>
public abstract class ActivatorContract : IAsyncLifetime
{
    /// <summary>The token of the test that runs.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The activator.</summary>
    protected IActivator Activator { get; private set; } = null!;

    /// <summary>What the machine cannot do.</summary>
    /// <value>Default: <see cref="ActivatorLimits.None"/>.</value>
    protected virtual ActivatorLimits Limits => ActivatorLimits.None;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Activator = await CreateAsync();
        CoversAttribute.Check(this, Activator);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CleanUpAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Looking_changes_nothing()
    {
        var system = await CreateSystemAsync();

        var before = await Activator.InspectAsync(Token);
        _ = await Activator.FindInhibitorsAsync(system, Token);

        Assert.Equal(before, await Activator.InspectAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_profile_is_exactly_what_it_was_set_to_also_again()
    {
        var (first, second) = (await CreateSystemAsync(), await CreateSystemAsync());
        var running = (await Activator.InspectAsync(Token)).Running;
        foreach (var system in new[] { first, second, second, first })
        {
            await Activator.SetProfileAsync(system, Token);

            var seen = await Activator.InspectAsync(Token);
            Assert.Equal((system, running), (seen.Profile, seen.Running));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_switch_runs_the_system_also_again_and_back()
    {
        var (first, second) = (await CreateSystemAsync(), await CreateSystemAsync());
        foreach (var system in new[] { first, second, second, first })
        {
            await Activator.SetProfileAsync(system, Token);

            var activation = await Activator.SwitchAsync(system, TextWriter.Null, Token);

            Assert.Equal((ActivationVerdict.Done, 0), (activation.Verdict, activation.ExitCode));
            Assert.Empty(activation.FailedUnits);
            await RunsAsync(system);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_prepared_for_the_next_boot_does_not_run()
    {
        var (first, second) = (await CreateSystemAsync(), await CreateSystemAsync());
        await Activator.SetProfileAsync(first, Token);
        _ = await Activator.SwitchAsync(first, TextWriter.Null, Token);
        await Activator.SetProfileAsync(second, Token);

        var activation = await Activator.StageAsync(second, TextWriter.Null, Token);

        Assert.Equal(ActivationVerdict.Done, activation.Verdict);
        Assert.Equal(second, (await Activator.InspectAsync(Token)).Profile);
        await RunsAsync(first);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_switch_that_fails_is_a_result_and_the_way_back_is_open()
    {
        Assert.SkipWhen(Limits.HasFlag(ActivatorLimits.NoFailingSystem), "This machine has no system whose switch fails.");
        var good = await CreateSystemAsync();
        await Activator.SetProfileAsync(good, Token);
        _ = await Activator.SwitchAsync(good, TextWriter.Null, Token);
        var failing = await CreateFailingSystemAsync();
        await Activator.SetProfileAsync(failing, Token);

        var failed = await Activator.SwitchAsync(failing, TextWriter.Null, Token);
        await Activator.SetProfileAsync(good, Token);
        var back = await Activator.SwitchAsync(good, TextWriter.Null, Token);

        Assert.Equal((ActivationVerdict.Failed, ActivationVerdict.Done), (failed.Verdict, back.Verdict));
        Assert.NotEqual(0, failed.ExitCode);
        await RunsAsync(good);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_cancelled_before_it_begins_changes_nothing()
    {
        var system = await CreateSystemAsync();
        var cancelled = new CancellationToken(canceled: true);
        var before = await Activator.InspectAsync(Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Activator.SetProfileAsync(system, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Activator.SwitchAsync(system, TextWriter.Null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Activator.StageAsync(system, TextWriter.Null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Activator.RebootAsync(cancelled));

        Assert.Equal(before, await Activator.InspectAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_forbids_to_switch_to_what_runs()
    {
        var system = await CreateSystemAsync();
        await Activator.SetProfileAsync(system, Token);
        _ = await Activator.SwitchAsync(system, TextWriter.Null, Token);

        Assert.Empty(await Activator.FindInhibitorsAsync(system, Token));
    }

    /// <summary>Makes the activator.</summary>
    /// <returns>An activator with a machine of its own for this test.</returns>
    protected abstract Task<IActivator> CreateAsync();

    /// <summary>Makes a system that the machine can run.</summary>
    /// <returns>Another one in each call; valid in the store of the machine.</returns>
    protected abstract Task<StorePath> CreateSystemAsync();

    /// <summary>Makes a system whose next switch fails.</summary>
    /// <returns>The system. Not called with <see cref="ActivatorLimits.NoFailingSystem"/>.</returns>
    protected virtual Task<StorePath> CreateFailingSystemAsync() => throw new NotSupportedException(
        $"Override {nameof(CreateFailingSystemAsync)}, or say {nameof(ActivatorLimits)}.{nameof(ActivatorLimits.NoFailingSystem)}.");

    /// <summary>Removes what the others made.</summary>
    /// <returns>A task that ends when it is gone.</returns>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private async Task RunsAsync(StorePath system) => Assert.Equal(
        Limits.HasFlag(ActivatorLimits.RunningUnknown) ? null : system, (await Activator.InspectAsync(Token)).Running);
}
