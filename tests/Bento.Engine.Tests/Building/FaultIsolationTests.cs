using Bento.Building;
using CsCheck;

namespace Bento.Engine.Tests.Building;

public sealed class FaultIsolationTests
{
    private int _evaluations;

    [Fact]
    public async Task Without_a_fault_one_evaluation_does()
    {
        var result = await RunAsync(["a", "b", "c"], throwing: [], fatal: [], asked: null);

        Assert.Equal(1, _evaluations);
        Assert.All(result.Systems, system => Assert.NotNull(system.Derivation));
    }

    [Fact]
    public async Task One_fatal_system_costs_a_logarithm()
    {
        var names = Enumerable.Range(0, 1024).Select(number => $"h{number:0000}").ToList();

        var result = await RunAsync(names, throwing: [], fatal: ["h0700"], asked: null);

        Assert.Equal("h0700", Assert.Single(result.Systems, system => system.Failure is not null).Attribute);
        Assert.Equal(1 + (2 * 10), _evaluations);
    }

    [Fact]
    public async Task A_full_disk_is_not_asked_again_for_each_host()
    {
        var isolation = new FaultIsolation(
            _ => Count(new EvaluationAttempt(new BuildFailure(BuildFailureKind.Space, "full"))),
            _ => throw new InvalidOperationException(),
            () => Task.FromResult(new SystemListing(["a", "b", "c", "d"])));

        var result = await isolation.RunAsync(null);

        Assert.Equal(1, _evaluations);
        Assert.All(result.Systems, system => Assert.Equal(BuildFailureKind.Space, system.Failure!.Kind));
    }

    [Fact]
    public async Task Asking_for_nothing_evaluates_nothing()
    {
        Assert.Empty((await RunAsync(["a"], [], [], asked: [])).Systems);
        Assert.Equal(0, _evaluations);
    }

    [Fact]
    public void Whatever_fails_exactly_the_faulty_ones_have_failures() => Gen.Select(Gen.Int[0, 2].Array[1, 40], Gen.Bool).Sample((kinds, all) =>
    {
        var names = kinds.Select((_, index) => $"h{index:00}").ToList();
        var throwing = names.Where((_, index) => kinds[index] == 1).ToHashSet();
        var fatal = names.Where((_, index) => kinds[index] == 2).ToHashSet();
        var asked = all ? null : names.Where((_, index) => index % 3 != 0).Append("absent").ToList();

        var result = new FaultIsolationTests().RunAsync(names, throwing, fatal, asked).GetAwaiter().GetResult();

        Assert.Null(result.Failure);
        Assert.Equal((asked ?? names).Order(StringComparer.Ordinal), result.Systems.Select(system => system.Attribute));
        Assert.All(result.Systems, system => Assert.Equal(names.Contains(system.Attribute) && !throwing.Contains(system.Attribute) && !fatal.Contains(system.Attribute), system.Derivation is not null));
        Assert.All(result.Systems.Where(system => fatal.Contains(system.Attribute)), system => Assert.Equal("fatal", system.Failure!.Message));
        Assert.All(result.Systems.Where(system => throwing.Contains(system.Attribute)), system => Assert.Equal($"{system.Attribute} throws", system.Failure!.Message));
    }, iter: 200);

    private Task<DirectoryEvaluation> RunAsync(IReadOnlyList<string> names, HashSet<string> throwing, HashSet<string> fatal, IReadOnlyCollection<string>? asked) =>
        new FaultIsolation(
            wanted => Count(Evaluate(names.Where(name => wanted is null || wanted.Contains(name)), throwing, fatal)),
            name => Count(new EvaluationAttempt(new BuildFailure(BuildFailureKind.Evaluation, $"{name} throws"))),
            () => Task.FromResult(new SystemListing(names))).RunAsync(asked);

    private static EvaluationAttempt Evaluate(IEnumerable<string> names, HashSet<string> throwing, HashSet<string> fatal)
    {
        var found = names.ToList();
        return found.Any(fatal.Contains)
            ? new EvaluationAttempt(new BuildFailure(BuildFailureKind.Evaluation, "fatal"))
            : new EvaluationAttempt(found.ToDictionary(name => name, name => throwing.Contains(name) ? null : System(name)), null);
    }

    private static SystemDerivation System(string name) => new(
        name,
        StorePath.Parse($"/nix/store/1y4ga31ms7j7n5a621bqr7vxv4w397lw-{name}.drv"),
        StorePath.Parse($"/nix/store/fs0hh4v7j2jhz8nzf94fbkhv642idmj4-{name}"));

    private Task<EvaluationAttempt> Count(EvaluationAttempt attempt)
    {
        _evaluations++;
        return Task.FromResult(attempt);
    }
}
