using PublicApiGenerator;

namespace Bento.PublicApi.Tests;

/// <summary>The public surface as text, reviewed as a diff: Approved/ holds what was agreed on.</summary>
public sealed class ApprovedApiTests
{
    [Theory]
    [MemberData(nameof(Libraries.Names), MemberType = typeof(Libraries))]
    public void The_public_surface_is_the_approved_one(string library)
    {
        var actual = Libraries.Load(library).GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            TreatRecordsAsClasses = false,
            DenyNamespacePrefixes = [],

            // They say in which line of which file a test stands.
            ExcludeAttributes = ["Xunit.FactAttribute", "Xunit.TheoryAttribute", "Xunit.InlineDataAttribute"],
        }).ReplaceLineEndings("\n");
        var approved = Path.Join(AppContext.BaseDirectory, "Approved", library + ".txt");
        var received = Path.Join(AppContext.BaseDirectory, library + ".received.txt");
        File.WriteAllText(received, actual);

        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : string.Empty;
        var difference = actual.Split('\n').Except(expected.Split('\n')).Select(line => "+ " + line.Trim())
            .Concat(expected.Split('\n').Except(actual.Split('\n')).Select(line => "- " + line.Trim()))
            .Take(20);

        Assert.True(
            actual == expected,
            $"The public surface of {library} changed:\n{string.Join('\n', difference)}\nWhere that is meant: cp {received} "
                + $"tests/Bento.PublicApi.Tests/Approved/{library}.txt, and say so in CHANGELOG.md, section API.");
    }
}
