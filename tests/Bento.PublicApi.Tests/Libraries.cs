using System.Reflection;

namespace Bento.PublicApi.Tests;

/// <summary>The packages whose surface is a promise.</summary>
public static class Libraries
{
    public const string Abstractions = "Bento.Abstractions";
    public const string Engine = "Bento.Engine";

    public static TheoryData<string> Names => [Abstractions, Engine];

    public static IEnumerable<Type> ExportedTypes => new[] { Abstractions, Engine }.SelectMany(name => Load(name).GetExportedTypes());

    public static Assembly Load(string name) => Assembly.Load(name);
}
