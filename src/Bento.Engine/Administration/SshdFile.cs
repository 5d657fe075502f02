using System.Globalization;
using System.Text.RegularExpressions;
using Bento.Files;

namespace Bento.Administration;

/// <summary>The file that tells the sshd of this machine about hosts: what 'bento server sshd-config' prints, kept true.</summary>
internal static partial class SshdFile
{
    public const string FullPath = "/etc/ssh/sshd_config.d/bento.conf";
    private const string MainFile = "/etc/ssh/sshd_config";
    private const string Logins = "MaxStartups ";

    /// <summary>How many hosts may log in at once, until somebody says otherwise in the file.</summary>
    private const int Hosts = 100;

    /// <returns>What the file says; null where there is none, or none that may be read.</returns>
    public static string? Read()
    {
        try
        {
            return GivenFile.ReadText(FullPath);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether the file says all that sshd must know, in this order. What else it says is the administrator's.</summary>
    public static bool IsTold(string? file, string areas)
    {
        var said = new Queue<string>(Directives(file ?? string.Empty));
        return Directives(Text(file, areas)).Where(line => !line.StartsWith(Logins, StringComparison.Ordinal)).All(wanted =>
        {
            while (said.TryDequeue(out var line))
            {
                if (line == wanted)
                {
                    return true;
                }
            }

            return false;
        });
    }

    /// <summary>Looked at before it is in place: a file that sshd does not take would keep it from starting again.</summary>
    public static IEnumerable<ServerStep> Tell(string? file, string areas, string? unit)
    {
        var text = Text(file, areas);
        yield return new ServerStep("a look at what sshd would be told", ["sshd", "-t", "-f", "/dev/stdin"])
        {
            Input = $"Include {MainFile}\n{text}",
        };
        yield return new ServerStep(
            "what sshd must know",
            ["install", "-D", "--backup=simple", "--suffix=.old", "--mode=0644", "/dev/stdin", FullPath])
        { Input = text };
        if (unit is not null)
        {
            yield return new ServerStep("sshd reads it", ["systemctl", "reload", unit]);
        }
    }

    private static string Text(string? file, string areas)
    {
        // The number of hosts is the administrator's, who may have printed the file for more of them.
        var hosts = MaxStartups().Match(file ?? string.Empty) is { Success: true } match
            && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var logins)
            && logins is > SshdConfiguration.OtherLogins and <= SshdConfiguration.MaxHosts + SshdConfiguration.OtherLogins
            ? logins - SshdConfiguration.OtherLogins : Hosts;
        return new SshdConfiguration(areas, hosts).ToString();
    }

    private static IEnumerable<string> Directives(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith('#'));

    [GeneratedRegex(@"(?m)^MaxStartups ([0-9]+):", RegexOptions.CultureInvariant)]
    private static partial Regex MaxStartups();
}
