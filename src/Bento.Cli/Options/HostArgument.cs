using System.CommandLine;

namespace Bento.Cli.Options;

/// <summary>One host by its name.</summary>
internal static class HostArgument
{
    public static Argument<HostName> Create() => new("host")
    {
        Description = "The host.",
        HelpName = "HOST",
        CustomParser = result =>
        {
            if (HostName.TryParse(result.Tokens[0].Value, out var host))
            {
                return host;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not a host name.");
            return default;
        },
    };
}
