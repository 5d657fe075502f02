using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bento.Architecture.Tests;

/// <summary>
/// The source of one project, bound by the compiler, so that an arrow is found however it is written: a name, a member, an extension
/// method.
/// </summary>
internal sealed class ProjectSource
{
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private readonly string _directory;
    private readonly CSharpCompilation _compilation;

    /// <param name="place">A project below <c>src/</c>, or a folder of one whose own folders are the rooms.</param>
    public ProjectSource(string place)
    {
        var project = place.Split('/')[0];
        _directory = Path.Join(Repository.Root, "src", place);
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var files = Directory.EnumerateFiles(Path.Join(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories);
        _compilation = CSharpCompilation.Create(
            project,
            [.. files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)), CSharpSyntaxTree.ParseText(
                GlobalUsings, options)],
            References(project),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    public IEnumerable<string> Rooms =>
        _compilation.SyntaxTrees.Where(IsFile).Select(tree => RoomOf(tree.FilePath)).Distinct(StringComparer.Ordinal);

    /// <summary>Every use of a type of this project in another room than its own.</summary>
    public IEnumerable<Arrow> Arrows() => _compilation.SyntaxTrees.Where(IsFile).AsParallel().AsOrdered().SelectMany(ArrowsOf);

    private IEnumerable<Arrow> ArrowsOf(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        var from = RoomOf(tree.FilePath);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name).Symbol;
            var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
            foreach (var place in type?.OriginalDefinition.Locations.Where(location => location.SourceTree is { } source && IsFile(source))
                ?? [])
            {
                var to = RoomOf(place.SourceTree!.FilePath);
                if (to != from)
                {
                    yield return new Arrow(
                        from,
                        to,
                        type!.Name,
                        Path.GetRelativePath(_directory, tree.FilePath),
                        name.GetLocation().GetLineSpan().StartLinePosition.Line + 1);
                }
            }
        }
    }

    /// <summary>The first folder below the project; the entrance for what lies beside them.</summary>
    private string RoomOf(string file) =>
        Path.GetRelativePath(_directory, file).Split(Path.DirectorySeparatorChar) is [var room, _, ..] ? room : Walk.Entrance;

    private bool IsFile(SyntaxTree tree) => tree.FilePath.StartsWith(_directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<MetadataReference> References(string project) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != project)
            .Select(path => MetadataReference.CreateFromFile(path));
}
