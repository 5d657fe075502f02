namespace Bento.Processes;

/// <summary>
/// A part that an embedder brought in the place of one of Bento's own. Whatever it throws beside what its contract names is the failure of
/// the one call, and so of one host, and never the end of an operation on a fleet.
/// </summary>
internal static class ForeignPart
{
    /// <param name="part">The part: its type is named.</param>
    /// <param name="call">What is asked of it.</param>
    /// <param name="otherwise">What a failure is called in the contract of the part: a result, or an exception that it may throw.</param>
    /// <param name="cancellationToken">The token of the call: only it makes an <see cref="OperationCanceledException"/> a
    /// cancellation.</param>
    public static async Task<T> AskAsync<T>(
        object part, Func<Task<T>> call, Func<string, Exception, T> otherwise, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not BentoException
            && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return otherwise(Reason(part, exception), exception);
        }
    }

    /// <summary>What a part that threw is said to have done.</summary>
    public static string Reason(object part, Exception exception) =>
        $"{part.GetType().Name.Split('`')[0]} failed ({exception.GetType().Name}): {PlainText.OfLine(exception.Message)}";

    /// <summary>A list or anything else that a contract promises to be there.</summary>
    public static T Given<T>(T? value, string what)
        where T : class => value ?? throw new InvalidOperationException($"It gave no {what}.");

    /// <summary>The same for a call without a result.</summary>
    public static Task AskAsync(
        object part, Func<Task> call, Func<string, Exception, BentoException> otherwise, CancellationToken cancellationToken) => AskAsync(
        part,
        async () =>
        {
            await call().ConfigureAwait(false);
            return true;
        },
        (reason, exception) => throw otherwise(reason, exception),
        cancellationToken);
}
