using Bento.Configuration.Documents;
using Bento.Hosts;

namespace Bento.Configuration.Reading;

/// <summary>Settings as far as they could be read, and what is wrong with the others: they can be judged together.</summary>
/// <param name="Values">The settings; one that is wrong has its default.</param>
/// <param name="Sources">Where they were written.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed record ReadSettings<T>(T Values, SettingPlaces Sources, IReadOnlyList<FleetProblem> Problems)
{
    private static readonly string[] Counted = ["signing", "trust"];

    /// <summary>What was read and has no effect.</summary>
    public IReadOnlyList<FleetProblem> Remarks { get; init; } = [];

    /// <exception cref="InvalidFleetException">Something is wrong with the settings.</exception>
    public T OrThrow() => Problems.Count == 0 ? Values : throw new InvalidFleetException(Problems);

    /// <summary>Adds what rules find in settings that could be read. One about a setting that could not says nothing reliable.</summary>
    public IReadOnlyList<FleetProblem> With(IEnumerable<SettingProblem> found)
    {
        var unread = Problems.Select(problem => problem.Setting ?? string.Empty).ToList();
        return
        [
            .. Problems,
            .. found.Distinct()
                .Where(problem => !unread.Exists(setting => Concerns(setting, problem.Setting)))
                .Select(problem => Sources.Problem(problem.Setting, problem.Message)),
        ];
    }

    /// <summary>Whether a rule about a setting looks at one that could not be read, which has its default now.</summary>
    private static bool Concerns(string unread, string ruled) =>
        Holds(unread, ruled)

        // Without one entry the others have other numbers.
        || (unread.IndexOf('[', StringComparison.Ordinal) is > 0 and var list && Holds(unread[..list], ruled))

        // Keys are counted against their threshold.
        || Counted.Any(section => Holds(section, unread) && Holds(section, ruled));

    private static bool Holds(string setting, string other) =>
        setting.Length == 0 || (other.StartsWith(setting, StringComparison.OrdinalIgnoreCase)
            && (other.Length == setting.Length || other[setting.Length] is '.' or '['));
}
