using System.CommandLine;
using Bento.Cli.Terminal;

namespace Bento.Cli.Hosts;

/// <summary><c>bento host</c>: adds, removes, lists and freezes hosts.</summary>
internal static class HostCommand
{
    public static Command Create(CliIo io) => new("host", "Add, remove, list and freeze hosts.")
    {
        HostAddCommand.Create(io),
        HostRemoveCommand.Create(io),
        HostListCommand.Create(io),
        HostFreezeCommand.CreateFreeze(io),
        HostFreezeCommand.CreateUnfreeze(io),
    };
}
