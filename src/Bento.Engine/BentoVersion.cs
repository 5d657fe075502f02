using System.Reflection;

namespace Bento;

/// <summary>The version of this library.</summary>
internal static class BentoVersion
{
    public static string Current { get; } =
        typeof(BentoVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "0";
}
