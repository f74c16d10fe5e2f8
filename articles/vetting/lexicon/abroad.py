"""What rises, falls and denies in the large languages of western Europe besides English. Data only.

Bare of accents. A word that is both, or something else as often ("gana", "perd"), is left out.
"""

from articles.vetting.lexicon.lexicon import words

RISING_ABROAD = words(
    "sube, suben, subio, subieron, subido, subida, aumenta, aumentan, aumento, aumentaron, aumentado, crece,"
    " crecen, crecio, crecieron, crecido, crecimiento, incrementa, incremento, alza, avanza, avanzo, monte,"
    " montent, montee, hausse, augmente, augmentent, augmentation, progresse, progressent, progression,"
    " grimpe, grimpent, bondit, croissance, steigt, steigen, stieg, stiegen, gestiegen, anstieg, erhoht,"
    " erhohen, erhohung, wachst, wachsen, wuchs, gewachsen, wachstum, zunahme, zugenommen, zugelegt,"
    " klettert, kletterte, sale, salgono, sali, salito, salita, saliti, salite, aumentano, aumentato, cresce,"
    " crescono, cresciuto, crescita, rialzo, sobe, sobem, subiu, subiram, aumentam, aumentou, aumentaram,"
    " crescem, cresceu, cresceram, crescimento"
)
FALLING_ABROAD = words(
    "cae, caen, cayo, cayeron, caido, caida, baja, bajan, bajo, bajaron, bajado, bajada, disminuye, disminuyo,"
    " desciende, descendio, descenso, reduce, redujo, reduccion, recorta, recorto, recorte, retrocede,"
    " retrocedio, baisse, baissent, chute, chutent, recule, reculent, recul, diminue, diminuent, diminution,"
    " reduction, tombe, tombent, fallt, fiel, fielen, gefallen, sinkt, sinken, sank, sanken, gesunken,"
    " ruckgang, senkt, senken, senkte, gesenkt, senkung, schrumpft, schrumpfte, geschrumpft, abnahme,"
    " abgenommen, gekurzt, scende, scendono, sceso, scesa, scesi, scese, cala, calano, calato, calo,"
    " diminuisce, diminuito, diminuzione, ridotto, riduzione, ribasso, crolla, crollo, cai, caem, caiu,"
    " cairam, queda, baixa, baixam, baixou, desce, descem, desceu, diminui, diminuiu, diminuicao, reduz,"
    " reduziu, reducao, recua, recuou"
)
# With any of these a passage may say what an English "not" does.
DENYING_ABROAD = words(
    "no, nunca, sin, ningun, ninguna, ninguno, nadie, nada, tampoco, ni, falta, faltan, faltaban, carece,"
    " carecen, rechaza, rechazan, rechazo, impide, impidio, ne, n, pas, sans, aucun, aucune, jamais, rien,"
    " personne, nul, nulle, manque, manquent, refuse, refusent, rejette, empeche, prive, prives, privees,"
    " nicht, kein, keine, keinen, keiner, keines, keinem, ohne, nie, niemand, nichts, weder, fehlt, fehlen,"
    " fehlten, verweigert, verhindert, abgelehnt, non, senza, nessun, nessuna, nessuno, mai, ne, niente,"
    " manca, mancano, rifiuta, rifiutano, impedisce, nao, sem, nenhum, nenhuma, ninguem, nem, recusa,"
    " recusam"
)
# These may say as much, where they stand beside the figure that a "not" is said of.
LIMITING_ABROAD = words(
    "apenas, solo, seulement, nur, soltanto, menos, moins, weniger, meno, excepto, sauf, ausser, salvo, exceto,"
    " suspende, suspendu, annule, cancela, cancelado, cancelados, annullato, abgesagt, contra, contre, gegen,"
    " contro, fuera, fora, fuori, hors"
)
