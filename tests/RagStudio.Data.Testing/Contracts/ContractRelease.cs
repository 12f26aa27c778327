namespace RagStudio.Data.Testing;

/// <summary>
/// The releases of a small application that every provider's harness supplies; the ids are in
/// <see cref="ContractVersion"/>.
/// </summary>
public enum ContractRelease
{
    /// <summary>Only <see cref="ContractVersion.CreateNotes"/>.</summary>
    First,

    /// <summary>Without <see cref="ContractVersion.AddGreeting"/>, which <see cref="Current"/> has in the middle.</summary>
    Gap,

    /// <summary>Three migrations that succeed.</summary>
    Current,

    /// <summary>Its last migration writes a note, then fails.</summary>
    Failing,

    /// <summary>Its last migration writes a note, then never ends.</summary>
    Endless,

    /// <summary><see cref="Current"/>, with an index and another table.</summary>
    Indexed,

    /// <summary>Another application with its own table, which may share a storage with the first one.</summary>
    Other,
}
