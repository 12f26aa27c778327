namespace RagStudio.Data.Migrator.Run;

/// <summary>The action to take on a journal found under a free lock.</summary>
internal enum RecoveryAction
{
    /// <summary>There is no journal.</summary>
    Nothing,

    /// <summary>The run had ended, or had not begun to change anything: only its journal has to be removed.</summary>
    Discard,

    /// <summary>Everything was applied and validated: the run only has to be ended.</summary>
    Finish,

    /// <summary>The run may have changed anything: the whole set has to be restored.</summary>
    Restore,
}
