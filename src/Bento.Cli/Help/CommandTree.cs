using System.CommandLine;

namespace Bento.Cli.Help;

/// <summary>Walks the commands of the program.</summary>
internal static class CommandTree
{
    /// <summary>The commands that do something, each with the words that lead to it; hidden ones are left out.</summary>
    public static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path = "")
    {
        foreach (var child in command.Subcommands.Where(child => !child.Hidden))
        {
            var name = path.Length == 0 ? child.Name : $"{path} {child.Name}";
            if (child.Subcommands.All(grandchild => grandchild.Hidden))
            {
                yield return (name, child);
            }

            foreach (var leaf in Leaves(child, name))
            {
                yield return leaf;
            }
        }
    }

    /// <summary>The words that lead from the root to a command.</summary>
    public static string PathOf(Command command)
    {
        var names = new List<string>();
        for (var at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, at.Name);
        }

        return string.Join(' ', names);
    }
}
