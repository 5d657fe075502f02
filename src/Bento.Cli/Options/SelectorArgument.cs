using System.CommandLine;
using Bento.Hosts;

namespace Bento.Cli.Options;

/// <summary>Hosts, as <c>--on</c> takes them, for a command that is about nothing without them.</summary>
internal static class SelectorArgument
{
    public static Argument<HostSelector> Create() => new("hosts")
    {
        Description = "Which hosts: names, globs (web-*) and tags (@lab), joined by ',' (or), '+' (and) and '!' (not).",
        HelpName = "HOSTS",
        CustomParser = result =>
        {
            try
            {
                return HostSelector.Parse(result.Tokens[0].Value);
            }
            catch (FormatException exception)
            {
                result.AddError(exception.Message);
                return null;
            }
        },
    };
}
