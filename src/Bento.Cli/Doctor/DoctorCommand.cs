using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Configuration.Reading;
using Bento.Diagnostics;
using Bento.Documents;
using Bento.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Doctor;

/// <summary><c>bento doctor</c>: checks everything, and says how to fix what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("doctor", "Check everything that a deploy needs; say what is wrong and how to fix it. Changes nothing.")
        {
            directory,
            json,
        };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(io, DirectoryOption.Read(io, parsed), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, bool isJson, CancellationToken cancellationToken)
    {
        BentoDirectory.Require(directory);
        var findings = await ExamineAsync(io, directory, cancellationToken);
        var isWell = findings.All(finding => finding.Kind == FindingKind.Unknown);
        if (isJson)
        {
            JsonOutput.Write(io.Out, FindingsDocument.Of(findings, NextStepText.Of));
        }
        else
        {
            FindingsRenderer.Write(io, findings, isWell);
        }

        return findings.Any(finding => finding.Kind == FindingKind.Problem) ? ExitCodes.HostFailed
            : isWell ? ExitCodes.Success
            : ExitCodes.Warnings;
    }

    /// <summary>Settings that are wrong are findings too: without them nothing else can be looked at.</summary>
    private static async Task<IReadOnlyList<Finding>> ExamineAsync(CliIo io, string directory, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = FleetServices.Create(io, directory);
            return await services.GetRequiredService<IDoctor>().ExamineAsync(cancellationToken);
        }
        catch (InvalidFleetException exception)
        {
            return [.. exception.Problems.Select(problem => new Finding
            {
                Subject = "settings",
                Kind = FindingKind.Problem,
                Message = NextStepText.Of(problem),
                NextStep = $"Fix it in: {Path.Join(directory, Settings.BentoFileName)}",
            })];
        }
    }
}
