using LabEdge.Boards;

namespace LabEdge.Head
{
    public static class Program
    {
        public static void Main()
        {
            new Supervisor(new PicoPlatform()).Run();
        }
    }
}
