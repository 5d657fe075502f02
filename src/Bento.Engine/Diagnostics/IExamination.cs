namespace Bento.Diagnostics;

/// <summary>Looks at one thing. What it throws is a finding too.</summary>
internal interface IExamination
{
    /// <summary>What it looks at, in a word.</summary>
    string Subject { get; }

    IAsyncEnumerable<Finding> LookAsync(CancellationToken cancellationToken);
}
