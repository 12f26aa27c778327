namespace RagStudio.Data.Outsider;

/// <summary>Lets a test find this program's file.</summary>
public static class Marker
{
    /// <summary>The program's file, to be run by <c>dotnet</c>.</summary>
    public static string Path => typeof(Marker).Assembly.Location;
}
