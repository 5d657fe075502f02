using System.Diagnostics;
using Bento.Transport;

namespace Bento.Telemetry;

/// <summary>How a span ends that did not go well.</summary>
internal static class ActivityExtensions
{
    /// <summary>Marks a span as failed. Cancelling is no failure.</summary>
    /// <returns>Always false, to be asked in a filter: the exception goes on.</returns>
    public static bool Fails(this Activity? activity, Exception exception)
    {
        if (activity is not null && exception is not OperationCanceledException)
        {
            activity.SetStatus(ActivityStatusCode.Error, exception.Message).SetTag(TagNames.ErrorType, ErrorType(exception));
        }

        return false;
    }

    /// <summary>Marks a span as failed for a reason that is no exception.</summary>
    public static void Fails(this Activity? activity, string reason, string errorType) =>
        activity?.SetStatus(ActivityStatusCode.Error, reason).SetTag(TagNames.ErrorType, errorType);

    /// <summary>A word of few, as tools count them.</summary>
    public static string ErrorType(Exception exception) => exception switch
    {
        TransportException { Failure: var failure } => Words.Of(failure),
        OperationCanceledException => "cancelled",
        _ => exception.GetType().FullName!,
    };
}
