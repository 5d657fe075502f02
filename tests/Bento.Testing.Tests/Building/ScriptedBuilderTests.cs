using Bento.Building;
using Bento.Protocol;
using Bento.Testing.Building;
using Bento.Testing.Fleet;

namespace Bento.Testing.Tests.Building;

[Covers(typeof(ScriptedBuilder))]
public sealed class ScriptedBuilderTests : SystemBuilderContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("bento-test-").FullName;
    private int _sources;

    protected override Task<ISystemBuilder> CreateAsync() =>
        Task.FromResult<ISystemBuilder>(new ScriptedBuilder("/nix/store", isOnHost: true, new FaultPoint()));

    protected override Task<ConfigurationSource> DescribeAsync(DescribedSystems systems)
    {
        var source = Directory.CreateDirectory(Path.Join(_directory, $"{++_sources}")).FullName;
        var kind = systems switch
        {
            DescribedSystems.Broken => ScriptedBuilder.Broken,
            DescribedSystems.Unbuildable => ScriptedBuilder.Unbuildable,
            _ => "plain",
        };
        File.WriteAllText(
            Path.Join(source, "flake.nix"), systems == DescribedSystems.Unreadable ? "torn" : $"beta 1 plain\nalpha 1 {kind}\n");
        return Task.FromResult(new ConfigurationSource { Directory = source, Kind = ConfigurationKind.Flake, Name = "fleet" });
    }

    protected override ValueTask CleanUpAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }
}
