using Bento.Files;
using Bento.Protocol;

namespace Bento.Transport;

/// <summary>What would keep a publisher from writing an area, or an sshd from serving it.</summary>
internal static class LocalAreaRules
{
    private const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static IReadOnlyList<AreaProblem> Check(string root, HostName host, AreaOwnership ownership) =>
        ownership == AreaOwnership.SystemUsers
            ? [.. CheckServed(root, host)]
            : [.. CheckWritable(Path.Combine(root, host.ToString()))];

    private static IEnumerable<AreaProblem> CheckWritable(string area)
    {
        string[] directories = [area, Path.Combine(area, AreaPath.Content), Path.Combine(area, AreaPath.Logs)];
        return directories
            .Where(directory => FileStatus.Read(directory) is not null
                && NativeMethods.Access(
                    NativeMethods.CurrentDirectory, directory, NativeMethods.MayWriteAndSearch, NativeMethods.AtEffectiveAccess) < 0)
            .Select(directory => new AreaProblem(
                $"'{directory}' cannot be written by the user that runs Bento.",
                $"Run: {ShellCommand.Text("chown", $"{FileOwner.Current.UserId}", directory)}; "
                    + $"{ShellCommand.Text("chmod", "u+rwx", directory)}"));
    }

    private static IEnumerable<AreaProblem> CheckServed(string root, HostName host)
    {
        if (FileOwner.Current.UserId != 0)
        {
            yield return new AreaProblem(
                $"Bento runs as {SystemUser.Describe(FileOwner.Current.UserId)}, but only root can give areas to system users.",
                new NextStep("Make the areas the current user's own (areas.ownership: current-user), or deploy as root.")
                {
                    Verb = NextStepVerb.Deploy,
                    NeedsRoot = true,
                });
        }

        var user = SystemUser.Find(host.ToString());
        if (user is null)
        {
            yield return new AreaProblem($"The server has no system user '{host}'.", AddHostStep.WithAccount(host));
        }
        else if (HostAccountRule.FindObjection(user, root) is { } objection)
        {
            // What is wrong with the area of such a host is not to be repaired for that account.
            yield return new AreaProblem(objection.Reason, objection.NextStep!);
            yield break;
        }

        var area = Path.Combine(root, host.ToString());
        foreach (var problem in Components(area).SelectMany(path => CheckComponent(path, isOurs: path == root || path == area)))
        {
            yield return problem;
        }

        if (user is { Owner: var owner } && FileStatus.Read(area) is { Kind: FileKind.Directory } status)
        {
            foreach (var problem in CheckArea(area, status, host, owner))
            {
                yield return problem;
            }
        }
    }

    /// <summary>What sshd demands of every component of ChrootDirectory, at each login and whatever StrictModes says.</summary>
    private static IEnumerable<AreaProblem> CheckComponent(string path, bool isOurs)
    {
        if (FileStatus.ReadTarget(path) is not { } status)
        {
            yield break;
        }

        // What is above the areas, or is shared on purpose as /tmp is, serves others: nobody changes it for Bento.
        isOurs &= !status.Mode.HasFlag(UnixFileMode.StickyBit);
        if (status.Kind != FileKind.Directory)
        {
            yield return new AreaProblem(
                $"'{path}' is {status.Description}, where sshd needs a directory.", Repair(isOurs, "mv", path, path + ".away"));
            yield break;
        }

        if (status.Owner.UserId != 0)
        {
            yield return new AreaProblem(
                $"'{path}' belongs to {SystemUser.Describe(status.Owner.UserId)}, so sshd refuses every login below it.",
                Repair(isOurs, "chown", "root", path));
        }

        if ((status.Mode & Writable) != 0)
        {
            yield return new AreaProblem(
                $"'{path}' can be written by its group or by others (mode {Convert.ToString((int)status.Mode, 8)}), so sshd refuses "
                    + "every login below it.",
                Repair(isOurs, "chmod", "go-w", path));
        }
    }

    private static string Repair(bool isOurs, params IReadOnlyList<string> command) => isOurs
        ? $"Run: {ShellCommand.Text(command)}"
        : "Put the areas elsewhere, below directories that belong to root and only root writes, such as /srv/bento: the setting "
            + "areas.directory";

    private static IEnumerable<AreaProblem> CheckArea(string area, FileStatus status, HostName host, FileOwner user)
    {
        if (status.Owner.GroupId != user.GroupId)
        {
            yield return new AreaProblem(
                $"'{area}' does not belong to the group of '{host}', so the host cannot read it.",
                $"Run: {ShellCommand.Text("chgrp", $"{user.GroupId}", area)}");
        }

        if ((status.Mode & Others) != 0)
        {
            yield return new AreaProblem(
                $"'{area}' is open to every user of the server.", $"Run: {ShellCommand.Text("chmod", "o=", area)}");
        }

        var logs = Path.Combine(area, AreaPath.Logs);
        if (FileStatus.Read(logs) is not { } found)
        {
            yield break;
        }

        if (found.Kind != FileKind.Directory)
        {
            yield return new AreaProblem(
                $"'{logs}' is {found.Description}, where the host needs a directory.",
                $"Run: {ShellCommand.Text("mv", logs, logs + ".away")}");
        }
        else if (found.Owner.UserId != user.UserId)
        {
            yield return new AreaProblem(
                $"'{logs}' does not belong to '{host}', so the host cannot report.",
                $"Run: {ShellCommand.Text("chown", $"{user.UserId}:{user.GroupId}", logs)}");
        }
    }

    /// <summary>The directory and all above it, from the top.</summary>
    private static IEnumerable<string> Components(string path)
    {
        var parent = Path.GetDirectoryName(path);
        return parent is null ? [path] : Components(parent).Append(path);
    }
}
