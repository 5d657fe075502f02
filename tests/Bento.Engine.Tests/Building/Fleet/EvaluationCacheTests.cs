using Bento.Building;
using Bento.Building.Fleet;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.TestBench;

namespace Bento.Engine.Tests.Building.Fleet;

public sealed class EvaluationCacheTests : IDisposable
{
    private static readonly ConfigurationDirectory Lab = new("hosts/lab", "/fleet/hosts/lab", ConfigurationKind.Flake, DirectoryMarks.None);
    private static readonly TreeScan Scan = new([], [], "fingerprint", DateTimeOffset.UnixEpoch);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_was_said_of_a_tree_is_found_while_the_tree_stays()
    {
        Keep();

        Assert.Equal(SomeRelease.System("one"), Find()?.Systems["web"]);
        Assert.Null(new EvaluationCache(_directory.FullPath).Find(Lab, Scan with { Fingerprint = "another" }));
    }

    [Fact]
    public void FP11_what_was_remembered_of_an_evaluation_and_damaged_since_is_asked_again()
    {
        Keep();
        var path = Assert.Single(Directory.GetFiles(_directory.FullPath));

        File.WriteAllText(path, File.ReadAllText(path).Replace("-one", "-onf", StringComparison.Ordinal));

        Assert.Null(Find());
    }

    private EvaluatedDirectory? Find() => new EvaluationCache(_directory.FullPath).Find(Lab, Scan);

    private void Keep()
    {
        var system = new SystemDerivation
        {
            Attribute = "web",
            Derivation = SomeRelease.System("derivation"),
            System = SomeRelease.System("one"),
        };
        new EvaluationCache(_directory.FullPath).Keep(
            Lab,
            Scan,
            DateTimeOffset.UnixEpoch.AddDays(1),
            "nix",
            new EvaluatedDirectory(
                ConfigurationKind.Flake,
                TreeHash.FromBytes(new byte[32]),
                ["web"],
                new Dictionary<string, SystemDerivation> { ["web"] = system }));
    }
}
