using System.Text.RegularExpressions;
using Bento.Configuration.Json;
using Bento.Hosts;

namespace Bento.Configuration.Reading;

/// <summary>Settings as far as they could be read, and what is wrong with the others: they can be judged together.</summary>
/// <param name="Values">The settings; one that is wrong has its default.</param>
/// <param name="Name">The file that they are read from, whether it is there or not.</param>
/// <param name="File">The file; null where there is none.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed partial record ReadSettings<T>(T Values, string Name, JsonFile? File, IReadOnlyList<FleetProblem> Problems)
{
    /// <summary>What was read and has no effect.</summary>
    public IReadOnlyList<FleetProblem> Remarks { get; init; } = [];

    /// <exception cref="InvalidFleetException">Something is wrong with the settings.</exception>
    public T OrThrow() => Problems.Count == 0 ? Values : throw new InvalidFleetException(Problems);

    /// <summary>
    /// Adds what rules find in settings that could be read: <c>signing.keys[0]: …</c>. One beside a setting that could not says nothing
    /// reliable.
    /// </summary>
    public IReadOnlyList<FleetProblem> With(IEnumerable<string> failures)
    {
        var unread = (File?.SchemaProblems ?? []).Select(problem => Section(problem.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. Problems,
            .. failures.Distinct()
                .Select(Located)
                .Where(found => found.Path is null || !(unread.Contains("$") || unread.Contains(Section(found.Path))))
                .Select(ToProblem),
        ];
    }

    private FleetProblem ToProblem((string? Path, string Message) found) => (found.Path, File) switch
    {
        ({ } path, { } file) => file.Problem(path, found.Message),
        ({ } path, null) => new FleetProblem($"{Name}: {path}", found.Message),
        _ => new FleetProblem(Name, found.Message),
    };

    /// <summary>The library names a setting by its place in the fleet, or by its class and property.</summary>
    private static (string? Path, string Message) Located(string failure)
    {
        if (Property().Match(failure) is { Success: true } property)
        {
            var section = property.Groups["class"].Value == "SftpOptions" ? "server" : "areas";
            var setting = property.Groups["name"].Value;
            return ($"$.{section}.{char.ToLowerInvariant(setting[0])}{setting[1..]}", $"It {property.Groups["rest"].Value}");
        }

        return Place().Match(failure) is { Success: true } place
            ? ($"$.{place.Groups["path"].Value}", place.Groups["rest"].Value)
            : (null, failure);
    }

    /// <summary>What is judged together: a section, or one host.</summary>
    private static string Section(string path)
    {
        var parts = path.Split('.', '[');
        return string.Join('.', parts.Take(parts is [_, "hosts", _, ..] ? 3 : 2));
    }

    [GeneratedRegex(
        @"\A(\w+: The )?(?<class>SftpOptions|LocalDirectoryOptions)\.(?<name>\w+) (field )?(?<rest>.+)\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Property();

    [GeneratedRegex(@"\A(?<path>[A-Za-z][^\s:']*): (?<rest>.+)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Place();
}
