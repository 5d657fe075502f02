using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Bento.Architecture.Tests;

/// <summary>Whoever copies code of a guide has code that compiles, against the packages as they are now.</summary>
public sealed partial class GuideTests
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; global using Bento;
        """;

    private static readonly List<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("docs/guide/embedding.md")]
    [InlineData("docs/guide/writing-a-transport.md")]
    [InlineData("docs/guide/team.md")]
    public void Every_block_of_code_compiles(string guide)
    {
        var page = File.ReadAllText(Path.Join(Repository.Root, guide));
        var blocks = Block().Matches(page).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Empty(Errors(block)));
    }

    [Fact]
    public void A_block_that_does_not_compile_is_found() => Assert.NotEmpty(Errors("new Bento.Hosts.HostSelector(1, 2, 3);"));

    private static IEnumerable<string> Errors(string code) => CSharpCompilation.Create(
        "Guide",
        [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(code)],
        References,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable))
        .GetDiagnostics()
        .Where(problem => problem.Severity == DiagnosticSeverity.Error)
        .Select(problem => problem.ToString());

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
