using Bento.Cli.Terminal;

namespace Bento.Cli.Deploy;

/// <summary>Why hosts failed, each reason once: a package that does not build may be in all of them.</summary>
internal static class FailureLines
{
    public static void Write(TextWriter writer, IEnumerable<(HostName Host, Failure? Failure, IReadOnlyList<string> LogTail)> failed)
    {
        foreach (var group in failed.GroupBy(host => (host.Failure?.Message, Log: string.Join('\n', host.LogTail))))
        {
            var names = group.OrderBy(host => host.Host.ToString(), NaturalOrder.Instance).Select(host => host.Host.ToString());
            writer.WriteLine($"error: {NameList.Of([.. names])}: {group.Key.Message}");
            foreach (var line in group.First().LogTail)
            {
                writer.WriteLine($"  | {line}");
            }

            foreach (var step in group.Select(host => host.Failure?.NextStep).OfType<NextStep>().Select(NextStepText.Of).Distinct())
            {
                writer.WriteLine($"  {step}");
            }
        }
    }
}
