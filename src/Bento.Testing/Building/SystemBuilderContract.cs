using Bento.Building;

namespace Bento.Testing.Building;

/// <summary>What every tool that builds systems does. Derive, and describe some.</summary>
public abstract class SystemBuilderContract : IAsyncLifetime
{
    /// <summary>The token of the test that runs.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The builder.</summary>
    protected ISystemBuilder Builder { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Builder = await CreateAsync();
        CoversAttribute.Check(this, Builder);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CleanUpAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Systems_are_listed_in_order_also_those_that_do_not_evaluate()
    {
        var good = await Builder.ListAsync(await DescribeAsync(DescribedSystems.Good), Token);
        var broken = await Builder.ListAsync(await DescribeAsync(DescribedSystems.Broken), Token);

        Assert.Equal((null, null), (good.Failure, broken.Failure));
        Assert.Equal(["alpha", "beta"], good.Attributes);
        Assert.Equal(["alpha", "beta"], broken.Attributes);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_directory_that_cannot_be_read_is_a_result()
    {
        var source = await DescribeAsync(DescribedSystems.Unreadable);

        Assert.NotNull((await Builder.ListAsync(source, Token)).Failure);
        Assert.NotNull((await EvaluateAsync(source)).Failure);
    }

    [Fact(Timeout = 120_000)]
    public async Task Evaluating_again_finds_the_same_systems_in_order()
    {
        var source = await DescribeAsync(DescribedSystems.Good);

        var first = await EvaluateAsync(source);
        var second = await EvaluateAsync(source);

        Assert.Null(first.Failure);
        Assert.Equal(["alpha", "beta"], first.Systems.Select(system => system.Attribute));
        Assert.All(first.Systems, system => Assert.NotNull(system.Derivation));
        Assert.Equal(first, second);
        Assert.Equal(2, first.Systems.Select(system => system.Derivation!.System).Distinct().Count());
    }

    [Fact(Timeout = 120_000)]
    public async Task Only_what_was_asked_for_is_evaluated_and_what_is_not_there_is_a_failure_of_its_own()
    {
        var source = await DescribeAsync(DescribedSystems.Good);

        var evaluation = await Builder.EvaluateAsync(source, ["beta", "gamma"], new EvaluationSettings(), null, Token);

        Assert.Equal(["beta", "gamma"], evaluation.Systems.Select(system => system.Attribute));
        Assert.NotNull(evaluation.Systems[0].Derivation);
        Assert.NotNull(evaluation.Systems[1].Failure);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_system_that_does_not_evaluate_is_a_result_and_stops_no_other()
    {
        var evaluation = await EvaluateAsync(await DescribeAsync(DescribedSystems.Broken));

        Assert.Equal(["alpha", "beta"], evaluation.Systems.Select(system => system.Attribute));
        Assert.NotEmpty(evaluation.Systems[0].Failure!.Message);
        Assert.NotNull(evaluation.Systems[1].Derivation);
    }

    [Fact(Timeout = 120_000)]
    public async Task Systems_are_built_with_a_result_for_each_in_the_order_given_and_again()
    {
        var wanted = Derivations(await EvaluateAsync(await DescribeAsync(DescribedSystems.Good)));
        wanted.Reverse();

        var built = await Builder.BuildAsync(wanted, new BuildSettings(), null, Token);
        var again = await Builder.BuildAsync(wanted, new BuildSettings(), null, Token);

        Assert.Equal(wanted, built.Select(system => system.Derivation));
        Assert.All(built, system => Assert.Null(system.Failure));
        Assert.Equal(built, again);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_system_that_does_not_build_is_a_result_and_stops_no_other()
    {
        var wanted = Derivations(await EvaluateAsync(await DescribeAsync(DescribedSystems.Unbuildable)));

        var built = await Builder.BuildAsync(wanted, new BuildSettings(), null, Token);

        Assert.Equal(["alpha", "beta"], built.Select(system => system.Derivation.Attribute));
        Assert.NotEmpty(built[0].Failure!.Message);
        Assert.Null(built[1].Failure);
    }

    [Fact(Timeout = 120_000)]
    public async Task Nothing_to_build_is_nothing_built()
    {
        Assert.Empty(await Builder.BuildAsync([], new BuildSettings(), null, Token));
        Assert.Empty((await Builder.ForecastAsync([], Token)).ToBuild);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_forecast_builds_nothing()
    {
        var wanted = Derivations(await EvaluateAsync(await DescribeAsync(DescribedSystems.Unbuildable)));

        Assert.Equal(await Builder.ForecastAsync(wanted, Token), await Builder.ForecastAsync(wanted, Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_cancelled_call_is_no_result()
    {
        var source = await DescribeAsync(DescribedSystems.Good);
        var wanted = Derivations(await EvaluateAsync(source));
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Builder.ListAsync(source, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Builder.EvaluateAsync(source, null, new EvaluationSettings(), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Builder.BuildAsync(wanted, new BuildSettings(), null, cancelled));
    }

    [Fact(Timeout = 120_000)]
    public async Task Calls_at_once_do_not_disturb_each_other()
    {
        var sources = new[] { await DescribeAsync(DescribedSystems.Good), await DescribeAsync(DescribedSystems.Broken) };

        var seen = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => EvaluateAsync(sources[number % 2]), Token)));

        Assert.Equal((seen[0], seen[1]), (seen[2], seen[3]));
    }

    /// <summary>Makes the builder.</summary>
    /// <returns>A builder of its own for this test.</returns>
    protected abstract Task<ISystemBuilder> CreateAsync();

    /// <summary>Writes a directory that describes systems.</summary>
    /// <param name="systems">Which ones.</param>
    /// <returns>The directory: another one in each call.</returns>
    protected abstract Task<ConfigurationSource> DescribeAsync(DescribedSystems systems);

    /// <summary>Removes what <see cref="CreateAsync"/> and <see cref="DescribeAsync"/> made.</summary>
    /// <returns>A task that ends when it is gone.</returns>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private static List<SystemDerivation> Derivations(DirectoryEvaluation evaluation) =>
        [.. evaluation.Systems.Select(system => system.Derivation!)];

    private Task<DirectoryEvaluation> EvaluateAsync(ConfigurationSource source) =>
        Builder.EvaluateAsync(source, null, new EvaluationSettings(), null, Token);
}
