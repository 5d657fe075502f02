using System.CommandLine;
using System.Globalization;
using Bento.Protocol;

namespace Bento.Cli.Deploy;

/// <summary><c>--to 7</c>, and <c>--to 1.7</c> in epoch 1: a release as people read its number.</summary>
internal static class ReleaseOption
{
    public static Option<ReleaseNumber?> Create() => new("--to")
    {
        Description = "The release whose content it gets back: the current one and the two before it are kept. Default: the newest before "
            + "the current one that says another thing.",
        HelpName = "RELEASE",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var parts = text.Split('.');
            if (parts.Length <= 2
                && parts.All(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                && long.Parse(parts[^1], CultureInfo.InvariantCulture) is > 0 and var sequence)
            {
                return new ReleaseNumber(parts.Length == 2 ? long.Parse(parts[0], CultureInfo.InvariantCulture) : 0, sequence);
            }

            result.AddError($"'{text}' is not a release: give its number, such as 7, as 'bento history' shows it.");
            return null;
        },
    };
}
