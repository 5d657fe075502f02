using System.Reflection;

namespace Bento.PublicApi.Tests;

/// <summary>The packages whose surface is a promise.</summary>
public static class Libraries
{
    public const string Abstractions = "Bento.Abstractions";
    public const string Engine = "Bento.Engine";
    public const string Configuration = "Bento.Configuration";
    public const string Hosting = "Bento.Hosting";
    public const string PostgreSql = "Bento.PostgreSql";
    public const string Testing = "Bento.Testing";

    public static TheoryData<string> Names => [Abstractions, Engine, Configuration, Hosting, PostgreSql, Testing];

    /// <summary>The types of the packages that an application runs; the suites of <see cref="Testing"/> are classes of tests.</summary>
    public static IEnumerable<Type> ExportedTypes =>
        new[] { Abstractions, Engine, Configuration, Hosting, PostgreSql }.SelectMany(name => Load(name).GetExportedTypes());

    public static Assembly Load(string name) => Assembly.Load(name);
}
