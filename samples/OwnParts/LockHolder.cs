namespace OwnParts;

/// <summary>Who publishes now. One at a time; a lock is freed by its own name only.</summary>
internal sealed class LockHolder
{
    private readonly Lock _gate = new();
    private (Guid Id, string Name, TaskCompletionSource Freed)? _current;

    /// <returns>Who has it; null when it was taken.</returns>
    public string? TryTake(Guid id, string name)
    {
        lock (_gate)
        {
            if (_current is { } current)
            {
                return current.Name;
            }

            _current = (id, name, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return null;
        }
    }

    public Task FreedAsync(Guid id)
    {
        lock (_gate)
        {
            return _current is { } current && current.Id == id ? current.Freed.Task : Task.CompletedTask;
        }
    }

    public void Free(Guid id)
    {
        lock (_gate)
        {
            if (_current is { } current && current.Id == id)
            {
                _current = null;
                current.Freed.TrySetResult();
            }
        }
    }
}
