using Bento.Hosts;

namespace Bento.Diagnostics;

/// <summary>Runs every examination; one that fails costs its own findings and says so.</summary>
internal sealed class Doctor(IEnumerable<IExamination> examinations) : IDoctor
{
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var examination in examinations)
        {
            try
            {
                await foreach (var finding in examination.LookAsync(cancellationToken).ConfigureAwait(false))
                {
                    findings.Add(finding);
                }
            }
            catch (InvalidFleetException exception)
            {
                // Several read the same fleet: what stops them all is told once.
                findings.AddRange(exception.Problems
                    .Select(problem => (Problem: problem, Message: (problem with { NextStep = null }).ToString()))
                    .Where(said => findings.All(finding => finding.Message != said.Message))
                    .Select(said => new Finding
                    {
                        Subject = examination.Subject,
                        Kind = FindingKind.Problem,
                        Message = said.Message,
                        Host = said.Problem.Host,
                        NextStep = said.Problem.NextStep ?? $"Look at: {said.Problem.Path}",
                    }).ToList());
            }
            catch (BentoException exception) when (findings.Any(finding => finding.Message == exception.Message))
            {
                // Two that look through the same door are stopped by the same one.
            }
            catch (BentoException exception)
            {
                findings.Add(new Finding
                {
                    Subject = examination.Subject,
                    Kind = FindingKind.Problem,
                    Message = exception.Message,
                    Host = exception.Host,
                    NextStep = exception.NextStep,
                });
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                findings.Add(new Finding
                {
                    Subject = examination.Subject,
                    Kind = FindingKind.Unknown,
                    Message = $"It could not be looked at: {exception.Message}",
                    NextStep = Environment.IsPrivilegedProcess
                        ? "Look at what the message names"
                        : new NextStep("Look as root.") { Verb = NextStepVerb.Examine, NeedsRoot = true },
                });
            }
        }

        return findings;
    }
}
