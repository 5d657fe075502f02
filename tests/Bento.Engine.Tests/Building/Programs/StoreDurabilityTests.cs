using Bento.Building.Programs;
using Bento.TestBench.Nix;

namespace Bento.Engine.Tests.Building.Programs;

public sealed class StoreDurabilityTests
{
    [Theory]
    [InlineData("fsync-metadata = true\nfsync-store-paths = false\nsync-before-registering = false\n", "fsync-store-paths")]
    [InlineData("fsync-metadata = true\nsync-before-registering = false\n", "sync-before-registering")]
    public void FB4_nix_is_told_by_the_best_setting_that_it_knows(string settings, string name) =>
        Assert.Equal(["--option", name, "true"], StoreDurability.Choose(settings));

    [Fact]
    public void A_nix_that_knows_none_is_told_nothing() => Assert.Empty(StoreDurability.Choose("cores = 2\n"));

    [Fact]
    public async Task FB4_a_nix_that_is_to_survive_power_cuts_is_asked_once_and_told_at_every_call()
    {
        using var bench = new NixBench(options => options.SurvivesPowerCuts = true);
        _ = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("web")));
        _ = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("mail"), "other"));

        Assert.Single(bench.Processes.Commands, command => command.Arguments.Contains("show-config"));
        Assert.All(bench.Processes.Commands.Where(
            command => !command.Arguments.Contains("show-config")), command => Assert.Contains("--option", command.Arguments));
        Assert.Contains(
            bench.Processes.Commands,
            command => command.Arguments.Contains("fsync-store-paths") || command.Arguments.Contains("sync-before-registering"));
    }

    [Fact]
    public async Task FB4_a_closure_is_waited_for_as_a_whole_and_not_at_each_of_its_paths()
    {
        using var bench = new NixBench(options => options.SurvivesPowerCuts = true);
        var system = StorePath.Parse("/nix/store/00000000000000000000000000000000-none");

        _ = await bench.Nix.RunAsync(
            NixCommands.Substitute([system], "/nowhere", "/nowhere/root"), null, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(
            bench.Processes.Commands,
            command => command.Arguments.Contains("fsync-store-paths") || command.Arguments.Contains("sync-before-registering"));
    }
}
