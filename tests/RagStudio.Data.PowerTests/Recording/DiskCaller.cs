namespace RagStudio.Data.PowerTests.Recording;

/// <summary>Whose code called the system.</summary>
internal enum DiskCaller
{
    Other,
    Sqlite,

    /// <summary>.NET's own files.</summary>
    SystemNative,

    /// <summary>A DllImport.</summary>
    Managed,
}
