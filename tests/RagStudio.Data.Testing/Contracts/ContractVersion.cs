namespace RagStudio.Data.Testing;

/// <summary>The migrations of the <see cref="ContractRelease"/>s. Each has a Down that reverts it.</summary>
public static class ContractVersion
{
    /// <summary>Creates the table <c>notes</c>.</summary>
    public const string CreateNotes = "20250101000000_CreateNotes";

    /// <summary>Creates the table <c>others</c>.</summary>
    public const string CreateOthers = "20250115000000_CreateOthers";

    /// <summary>Writes the note "greeting".</summary>
    public const string AddGreeting = "20250201000000_AddGreeting";

    /// <summary>Writes the note "farewell".</summary>
    public const string AddFarewell = "20250301000000_AddFarewell";

    /// <summary>Creates the index <c>ix_notes_text</c> and the table <c>settings</c>.</summary>
    public const string AddIndex = "20250315000000_AddIndex";

    /// <summary>Writes the note "half", then fails.</summary>
    public const string FailHalfWay = "20250401000000_FailHalfWay";

    /// <summary>Writes the note "half", then never ends.</summary>
    public const string RunForEver = "20250501000000_RunForEver";
}
