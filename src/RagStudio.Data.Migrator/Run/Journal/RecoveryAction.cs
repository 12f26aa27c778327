namespace RagStudio.Data.Migrator.Run;

/// <summary>What is to be done about a journal that is found under a free lock.</summary>
internal enum RecoveryAction
{
    /// <summary>There is no journal.</summary>
    Nothing,

    /// <summary>The run was over, or had not begun to change anything: only its journal is to be removed.</summary>
    Discard,

    /// <summary>Everything was applied and checked: the run only has to be ended.</summary>
    Finish,

    /// <summary>The run may have changed anything: the whole set is to be restored.</summary>
    Restore,
}
