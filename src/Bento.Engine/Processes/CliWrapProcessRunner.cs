using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Bento.Telemetry;
using CliWrap;

namespace Bento.Processes;

/// <summary>Runs programs by CliWrap.</summary>
/// <param name="time">Measures the grace period.</param>
internal sealed class CliWrapProcessRunner(TimeProvider time) : IProcessRunner
{
    private const int ErrorPartLength = 64 * 1024;
    private const int NoSuchFile = 2;

    /// <summary>
    /// How long a program that has ended may leave its output open: what it started, and what holds the pipe, is another program.
    /// </summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var output = new StringBuilder();
        var isCut = false;
        var error = new HeadAndTail(ErrorPartLength);
        using var letGo = new CancellationTokenSource();
        var outputPipe = new TextPipe(KeepOutput, Lines(command.OnOutputLine, command), letGo.Token);
        var errorPipe = new TextPipe(text => error.Append(text), Lines(command.OnErrorLine, command), letGo.Token);

        var exitCode = await MeasuredAsync(
            command, () => ExecuteAsync(Prepare(command, outputPipe, errorPipe), command, letGo, cancellationToken)).ConfigureAwait(false);
        outputPipe.ThrowIfCallbackFailed();
        errorPipe.ThrowIfCallbackFailed();
        return new ProcessOutcome(exitCode, output.ToString(), error.ToString(), isCut);

        void KeepOutput(string text)
        {
            var room = int.Min(text.Length, command.MaxOutputLength - output.Length);
            output.Append(text, 0, room);
            isCut |= room < text.Length;
        }
    }

    private async Task<int> MeasuredAsync(ProcessCommand command, Func<Task<int>> execute)
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.Process);
        var executable = activity is not null || Instruments.ProcessDuration.Enabled ? Path.GetFileName(command.Program) : null;
        _ = activity?.SetTag(TagNames.Executable, executable);
        var began = time.GetTimestamp();
        try
        {
            var exitCode = await execute().ConfigureAwait(false);
            _ = activity?.SetTag(TagNames.ExitCode, exitCode);
            return exitCode;
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
        finally
        {
            Instruments.ProcessDuration.Record(
                time.GetElapsedTime(began).TotalSeconds, Instruments.Tag(TagNames.Executable, executable));
        }
    }

    private static LineSplitter? Lines(Action<string>? onLine, ProcessCommand command) =>
        onLine is null ? null : new LineSplitter(command.MaxLineLength, onLine);

    private static Command Prepare(ProcessCommand command, TextPipe output, TextPipe error)
    {
        var prepared = Cli.Wrap(command.Program)
            .WithArguments(command.Arguments)
            .WithEnvironmentVariables(command.Environment)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.FromBytes(command.Input))
            .WithStandardOutputPipe(output.Target)
            .WithStandardErrorPipe(error.Target);
        return command.WorkingDirectory is null ? prepared : prepared.WithWorkingDirectory(command.WorkingDirectory);
    }

    private async Task<int> ExecuteAsync(
        Command prepared, ProcessCommand command, CancellationTokenSource letGo, CancellationToken cancellationToken)
    {
        using var forceful = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var grace = cancellationToken.Register(() => forceful.CancelAfter(command.GracePeriod));
        try
        {
            // Interrupted, a program that obeys leaves its children behind: without a grace period it is not asked.
            using var running = command.GracePeriod > TimeSpan.Zero
                ? prepared.ExecuteAsync(forceful.Token, cancellationToken)
                : prepared.ExecuteAsync(cancellationToken, CancellationToken.None);
            command.OnStarted?.Invoke(running.ProcessId);
            using var ended = new CancellationTokenSource();
            var watching = LetGoAsync(running.ProcessId, letGo, ended.Token);
            try
            {
                return (await running.ConfigureAwait(false)).ExitCode;
            }
            finally
            {
                await ended.CancelAsync().ConfigureAwait(false);
                await watching.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            // The caller waits for its own token, not for the one that stands for the end of the grace period.
            throw new OperationCanceledException($"'{command.Program}' was stopped.", exception, cancellationToken);
        }
        catch (Win32Exception exception)
        {
            var isMissing = (exception.InnerException as Win32Exception ?? exception).NativeErrorCode == NoSuchFile;
            throw new ProcessStartException(command.Program, isMissing && Directory.Exists(command.WorkingDirectory ?? "/"), exception);
        }
    }

    /// <summary>Lets the pipes go a moment after the program has ended, unless they end before.</summary>
    private async Task LetGoAsync(int processId, CancellationTokenSource letGo, CancellationToken ended)
    {
        try
        {
            await UntilGoneAsync(processId, ended).ConfigureAwait(false);
            await Task.Delay(Linger, time, ended).ConfigureAwait(false);
            await letGo.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Program and pipes have ended.
        }
    }

    private static async Task UntilGoneAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It was gone before anybody looked.
        }
    }
}
