using Bento.Processes;
using Bento.Protocol;
using Bento.Validation;

namespace Bento.Hosts;

/// <summary>What may be said about when a host does something.</summary>
internal static class WindowRules
{
    public static IEnumerable<OptionsProblem> Check(string property, string? said)
    {
        if (said is null)
        {
            yield break;
        }

        if (!TimeWindows.TryParse(said, null, out var windows))
        {
            yield return new(
                property,
                $"'{PlainText.OfLine(said)}' is not a time window such as 02:00-05:00 or Mon-Fri 22:00-05:00, Sun 10:00-16:00 "
                    + "Europe/Berlin.");
        }
        else if (windows.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return new(property, $"'{zone}' is not a time zone that this machine knows, such as Europe/Berlin or UTC.");
        }
    }

    public static IEnumerable<OptionsProblem> Check(string property, HoldBackOptions said)
    {
        for (var i = 0; i < said.LockFiles.Count; i++)
        {
            if (!HoldBackDocument.IsPath(said.LockFiles[i]))
            {
                yield return new(
                    $"{property}.{nameof(said.LockFiles)}[{i}]",
                    $"'{PlainText.OfLine(said.LockFiles[i] ?? string.Empty)}' is not the absolute path of a file.");
            }
        }

        if (said.LockFiles.Count > HoldBackDocument.MaxFiles)
        {
            yield return new($"{property}.{nameof(said.LockFiles)}", $"There are more than {HoldBackDocument.MaxFiles} lock files.");
        }

        foreach (var problem in Bounds.Between(
            $"{property}.{nameof(said.AtMost)}", said.AtMost, HoldBackDocument.Shortest, HoldBackDocument.Longest))
        {
            yield return problem;
        }
    }
}
