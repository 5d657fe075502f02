using System.CommandLine;
using Bento.Cli.Terminal;

namespace Bento.Cli.Hosts;

/// <summary><c>bento host</c>: adds, removes and lists hosts.</summary>
internal static class HostCommand
{
    public static Command Create(CliIo io) => new("host", "Add, remove and list hosts.")
    {
        HostAddCommand.Create(io),
        HostRemoveCommand.Create(io),
        HostListCommand.Create(io),
    };
}
