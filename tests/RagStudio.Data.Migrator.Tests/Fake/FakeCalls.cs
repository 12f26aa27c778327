namespace RagStudio.Data.Migrator.Tests;

/// <summary>
/// What was asked of the fake storages, in its order, as "open shop" or "restore archive"; and what is to happen when it is
/// asked for.
/// </summary>
internal sealed class FakeCalls
{
    private readonly List<string> _log = [];
    private readonly Dictionary<string, Action> _actions = [];

    public IReadOnlyList<string> Log => _log;

    public void On(string call, Action action) => _actions[call] = action;

    public void Fail(string call, Exception failure) => On(call, () => throw failure);

    public void Succeed(string call) => _actions.Remove(call);

    public void Clear() => _log.Clear();

    public void Enter(string what, string storage)
    {
        var call = $"{what} {storage}";
        lock (_log)
        {
            _log.Add(call);
        }
        _actions.GetValueOrDefault(call)?.Invoke();
    }
}
