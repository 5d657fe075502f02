using System.Reflection;

namespace Bento.PublicApi.Tests;

/// <summary>The packages whose surface is a promise.</summary>
public static class Libraries
{
    public const string Abstractions = "Bento.Abstractions";
    public const string Engine = "Bento.Engine";
    public const string Configuration = "Bento.Configuration";

    public static TheoryData<string> Names => [Abstractions, Engine, Configuration];

    public static IEnumerable<Type> ExportedTypes =>
        new[] { Abstractions, Engine, Configuration }.SelectMany(name => Load(name).GetExportedTypes());

    public static Assembly Load(string name) => Assembly.Load(name);
}
