using System.CommandLine;
using Bento.Cli.Terminal;

namespace Bento.Cli.Hosts;

/// <summary><c>bento host</c>: who belongs to the fleet.</summary>
internal static class HostCommand
{
    public static Command Create(CliIo io) => new("host", "Say which hosts belong to the fleet.")
    {
        HostAddCommand.Create(io),
        HostRemoveCommand.Create(io),
        HostListCommand.Create(io),
    };
}
