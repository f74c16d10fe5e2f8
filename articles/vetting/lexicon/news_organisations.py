"""News organisations of the world, from public facts: one a line, grouped by where they are.

    name | short forms, ... | kind | country | languages | sites

A star follows a form that is also a word, a person, a place or the name of several: “Sun*”. The
reader of outlets leaves such a form to the archive. An article belongs to the name (“The
Guardian”, “Der Spiegel”). The kind begins with “state” where the government or the ruling party
directs the newsroom. Countries are ISO 3166, languages BCP 47; the site is where the articles are,
without “www”. A form stands in one line only, with or without “the”.
"""

TABLE = """
# International agencies, and those of Western Europe
Agence France-Presse | AFP | agency | FR | fr en es ar de pt | afp.com
Associated Press | AP, AP News | agency | US | en es | apnews.com ap.org
Reuters | Reuters News, Thomson Reuters | agency | GB | en es fr de ar ja pt ru zh | reuters.com
Bloomberg News | Bloomberg*, Bloomberg Television, Bloomberg TV | agency | US | en ja | bloomberg.com
Dow Jones Newswires | Dow Jones* | agency | US | en | dowjones.com
United Press International | UPI | agency | US | en es | upi.com
Deutsche Presse-Agentur | dpa | agency | DE | de en es ar | dpa.com
Austria Presse Agentur | APA* | agency | AT | de | apa.at
Keystone-SDA | Keystone-ATS, SDA* | agency | CH | de fr it | keystone-sda.ch
PA Media | PA*, Press Association, PA news agency | agency | GB | en | pamediagroup.com
ANSA | Agenzia Nazionale Stampa Associata | agency | IT | it en | ansa.it
Adnkronos | | agency | IT | it en | adnkronos.com
AGI* | Agenzia Giornalistica Italia | agency | IT | it | agi.it
EFE | Agencia EFE, EFE News Agency | agency | ES | es en pt ca | efe.com
Europa Press | | agency | ES | es ca | europapress.es
Lusa | Agência Lusa, Lusa News Agency | agency | PT | pt en | lusa.pt
Belga | Belga News Agency, Agence Belga | agency | BE | nl fr en | belganewsagency.eu belga.be
ANP | Algemeen Nederlands Persbureau | agency | NL | nl | anp.nl
Ritzau | Ritzaus Bureau | agency | DK | da | ritzau.dk
NTB | NTB News Agency | agency | NO | no | ntb.no
TT News Agency | TT* | agency | SE | sv | tt.se
Suomen Tietotoimisto | STT* | agency | FI | fi sv | stt.fi
Athens-Macedonian News Agency | AMNA, ANA-MPA | state agency | GR | el en | amna.gr
Cyprus News Agency | | agency | CY | el en tr | cna.org.cy

# Agencies of Central and Eastern Europe, the Caucasus and Central Asia
Polska Agencja Prasowa | PAP*, Polish Press Agency | agency | PL | pl en | pap.pl
Czech News Agency | ČTK, CTK, Česká tisková kancelář | agency | CZ | cs en | ctk.cz ceskenoviny.cz
News Agency of the Slovak Republic | TASR | agency | SK | sk en | tasr.sk teraz.sk
SITA* | Slovenská tlačová agentúra | agency | SK | sk | sita.sk
Magyar Távirati Iroda | MTI, Hungarian News Agency | state agency | HU | hu en | mti.hu
Agerpres | | state agency | RO | ro en | agerpres.ro
Mediafax | | agency | RO | ro | mediafax.ro
Bulgarian News Agency | BTA* | agency | BG | bg en | bta.bg
Tanjug | Tanjug News Agency | agency | RS | sr en | tanjug.rs
Hina* | Croatian News Agency | agency | HR | hr en | hina.hr
Slovenian Press Agency | STA*, Slovenska tiskovna agencija | agency | SI | sl en | sta.si
Federal News Agency of Bosnia and Herzegovina | FENA | agency | BA | bs en | fena.ba
Baltic News Service | BNS | agency | LT | lt lv et ru en | bns.lt bns.ee
ELTA | | agency | LT | lt en | elta.lt
LETA | | agency | LV | lv en ru | leta.lv
Ukrinform | | state agency | UA | uk en ru de es fr | ukrinform.net ukrinform.ua
UNIAN | | agency | UA | uk ru en | unian.net unian.ua
Interfax-Ukraine | Interfax Ukraine | agency | UA | uk ru en | interfax.com.ua
RBC-Ukraine | RBC Ukraine | agency | UA | uk ru en | rbc.ua
BelTA | Belarusian Telegraph Agency | state agency | BY | be ru en | belta.by
Moldpres | | state agency | MD | ro en ru | moldpres.md
TASS | Tass, Itar-Tass | state agency | RU | ru en | tass.com tass.ru
Interfax | Interfax news agency | agency | RU | ru en | interfax.ru interfax.com
RIA Novosti | RIA | state agency | RU | ru | ria.ru
Armenpress | | state agency | AM | hy en ru | armenpress.am
Azertac | Azertag, Azerbaijan State News Agency | state agency | AZ | az en ru | azertag.az
Kazinform | | state agency | KZ | kk ru en | inform.kz qazinform.com

# Agencies of the Middle East and North Africa
Anadolu Agency | Anadolu, Anadolu Ajansı, AA* | state agency | TR | tr en ar | aa.com.tr
Demirören News Agency | DHA, Demirören Haber Ajansı | agency | TR | tr | dha.com.tr
İhlas News Agency | Ihlas News Agency, İHA*, İhlas Haber Ajansı | agency | TR | tr | iha.com.tr
Mezopotamya Agency | Mesopotamia Agency, Mezopotamya Ajansı | agency | TR | tr ku en | mezopotamyaajansi.net
Firat News Agency | ANF News | agency | NL | ku tr en | anfenglish.com anfturkce.com
Islamic Republic News Agency | IRNA | state agency | IR | fa en ar | irna.ir
Iranian Students' News Agency | ISNA, Iranian Students News Agency | agency | IR | fa en | isna.ir
Fars News Agency | Fars News, Fars* | agency | IR | fa en | farsnews.ir
Tasnim News Agency | Tasnim News, Tasnim* | agency | IR | fa en ar | tasnimnews.com tasnimnews.ir
Mehr News Agency | Mehr News, Mehr* | agency | IR | fa en ar | mehrnews.com
Iranian Labour News Agency | ILNA | agency | IR | fa en | ilna.ir
Young Journalists Club | YJC | state agency | IR | fa en | yjc.ir
Mizan News Agency | Mizan Online, Mizan* | state agency | IR | fa en | mizanonline.ir
Human Rights Activists News Agency | HRANA | agency | US | fa en | en-hrana.org hra-news.org
Syrian Arab News Agency | SANA | state agency | SY | ar en fr | sana.sy
North Press Agency | North Press* | agency | SY | ar en ku | npasyria.com
Hawar News Agency | ANHA | agency | SY | ku ar en | hawarnews.com
WAFA | Palestinian News Agency WAFA, Palestine News and Information Agency | state agency | PS | ar en fr he | wafa.ps
Ma'an News Agency | Maan News Agency, Ma'an News | agency | PS | ar en | maannews.net
Shehab News Agency | Shehab Agency | agency | PS | ar | shehabnews.com
Petra News Agency | Jordan News Agency, Petra* | state agency | JO | ar en | petra.gov.jo
National News Agency* | NNA, Lebanese National News Agency, Lebanon's National News Agency | state agency | LB | ar en fr | nna-leb.gov.lb
Iraqi News Agency | INA* | state agency | IQ | ar en | ina.iq
Shafaq News | Shafaq News Agency | agency | IQ | ar en ku | shafaq.com
Saudi Press Agency | SPA* | state agency | SA | ar en fr | spa.gov.sa
Emirates News Agency | WAM | state agency | AE | ar en | wam.ae
Qatar News Agency | QNA | state agency | QA | ar en | qna.org.qa
Kuwait News Agency | KUNA | state agency | KW | ar en | kuna.net.kw
Bahrain News Agency | BNA* | state agency | BH | ar en | bna.bh
Oman News Agency | ONA* | state agency | OM | ar en | omannews.gov.om
Saba News Agency | Saba* | state agency | YE | ar en | saba.ye sabanew.net
Middle East News Agency | MENA* | state agency | EG | ar en fr | mena.org.eg
Maghreb Arabe Presse | MAP*, Maghreb Arab Press, Moroccan News Agency | state agency | MA | ar fr en es | mapnews.ma
Algeria Press Service | Algérie Presse Service, APS* | state agency | DZ | ar fr en | aps.dz
Tunis Afrique Presse | TAP* | state agency | TN | ar fr en | tap.info.tn
Sudan News Agency | SUNA | state agency | SD | ar en fr | suna-sd.net

# Agencies of Asia and the Pacific
Xinhua | Xinhua News Agency, New China News Agency, Xinhua News | state agency | CN | zh en fr es ru ar | xinhuanet.com news.cn
China News Service | CNS* | state agency | CN | zh en | chinanews.com.cn chinanews.com ecns.cn
Kyodo | Kyodo News | agency | JP | ja en zh ko | kyodonews.net kyodo.co.jp
Jiji Press | Jiji | agency | JP | ja en | jiji.com
Yonhap | Yonhap News Agency, Yonhap News | agency | KR | ko en zh ja ar es fr | yna.co.kr
Korean Central News Agency | KCNA | state agency | KP | ko en zh ru es ja | kcna.kp
Central News Agency* | Focus Taiwan | agency | TW | zh en ja | cna.com.tw focustaiwan.tw
Montsame | | state agency | MN | mn en ru zh | montsame.mn
Press Trust of India | PTI* | agency | IN | en hi | ptinews.com
Asian News International | ANI | agency | IN | en hi | aninews.in
United News of India | UNI* | agency | IN | en hi ur | uniindia.com
Indo-Asian News Service | IANS | agency | IN | en hi | ians.in
Associated Press of Pakistan | APP* | state agency | PK | en ur ar | app.com.pk
Bangladesh Sangbad Sangstha | BSS* | state agency | BD | bn en | bssnews.net
United News of Bangladesh | UNB | agency | BD | bn en | unb.com.bd
Rastriya Samachar Samiti | RSS* | state agency | NP | ne en | rss.com.np
Bakhtar News Agency | Bakhtar* | state agency | AF | ps fa en | bakhtarnews.af
Pajhwok | Pajhwok Afghan News | agency | AF | ps fa en | pajhwok.com
Khaama Press | Khaama | agency | AF | en fa ps | khaama.com
Antara | Antara News, Antara News Agency | state agency | ID | id en | antaranews.com
Bernama | | state agency | MY | ms en zh ta ar | bernama.com
Philippine News Agency | PNA* | state agency | PH | en fil | pna.gov.ph
Vietnam News Agency | VNA* | state agency | VN | vi en fr zh es ru | vnanet.vn vietnamplus.vn
Australian Associated Press | AAP* | agency | AU | en | aap.com.au

# Agencies of Africa and the Americas
News Agency of Nigeria | NAN* | state agency | NG | en ha | nannews.ng
Ethiopian News Agency | | state agency | ET | am en ar fr om ti | ena.et
Canadian Press | La Presse canadienne | agency | CA | en fr | thecanadianpress.com
Agência Brasil | Agencia Brasil | state agency | BR | pt en es | agenciabrasil.ebc.com.br
Télam | Telam | state agency | AR | es | telam.com.ar
Andina* | Agencia Andina, Andina News Agency | state agency | PE | es en | andina.pe
Agencia Venezolana de Noticias | AVN | state agency | VE | es | avn.info.ve
Prensa Latina | | state agency | CU | es en fr pt it ru | prensa-latina.cu plenglish.com
Inter Press Service | | agency | IT | en es | ipsnews.net

# United Kingdom and Ireland
BBC News | BBC, British Broadcasting Corporation, BBC World Service, BBC World, BBC Radio 4, BBC Verify, BBC Persian, BBC Arabic, BBC Russian, BBC Monitoring, BBC Mundo, BBC Turkish, BBC Urdu, BBC Hindi, BBC Two, BBC One, BBC Newsnight, BBC Scotland, BBC Wales | broadcaster | GB | en fa ar ru es pt tr ur hi zh | bbc.co.uk bbc.com
ITV News | ITV | broadcaster | GB | en | itv.com
Channel 4 News | Channel 4 | broadcaster | GB | en | channel4.com
Sky News | Sky* | broadcaster | GB | en | news.sky.com
The Guardian | Guardian*, theguardian.com | newspaper | GB | en | theguardian.com
The Observer | Observer* | newspaper | GB | en | observer.co.uk
The Times* | Times*, Times of London | newspaper | GB | en | thetimes.com thetimes.co.uk
The Sunday Times | | newspaper | GB | en | sunday-times.co.uk
The Daily Telegraph | Telegraph*, Sunday Telegraph | newspaper | GB | en | telegraph.co.uk
Financial Times | FT | newspaper | GB | en | ft.com
The Independent | Independent* | digital | GB | en | independent.co.uk
Daily Mail | The Mail*, MailOnline, Mail Online, DailyMail.com, Mail on Sunday | newspaper | GB | en | dailymail.co.uk dailymail.com
Daily Mirror | The Mirror*, Sunday Mirror | newspaper | GB | en | mirror.co.uk
The Sun* | Sun*, The Sun on Sunday | newspaper | GB | en | thesun.co.uk
Evening Standard | London Evening Standard, The London Standard, The Standard* | newspaper | GB | en | standard.co.uk
The Scotsman | Scotsman* | newspaper | GB | en | scotsman.com
The Economist | Economist* | magazine | GB | en | economist.com
The Week* | | magazine | GB | en | theweek.com
The Spectator | Spectator* | magazine | GB | en | spectator.co.uk
New Statesman | | magazine | GB | en | newstatesman.com
New Scientist | | magazine | GB | en | newscientist.com
Middle East Eye | MEE* | digital | GB | en fr | middleeasteye.net
The New Arab | Al-Araby Al-Jadeed, Al Araby Al Jadeed | digital | GB | en ar | newarab.com alaraby.co.uk
openDemocracy | | digital | GB | en | opendemocracy.net
Bureau of Investigative Journalism | | digital | GB | en | thebureauinvestigates.com
Lloyd's List | Lloyd's List Intelligence | magazine | GB | en | lloydslist.com
The Jewish Chronicle | Jewish Chronicle | newspaper | GB | en | thejc.com
RTÉ | RTE, RTÉ News, RTE News | broadcaster | IE | en ga | rte.ie
The Irish Times | Irish Times | newspaper | IE | en | irishtimes.com
Irish Independent | | newspaper | IE | en | independent.ie

# Germany, Austria, Switzerland
ARD | Tagesschau, tagesschau.de, ARD-Hauptstadtstudio | broadcaster | DE | de | tagesschau.de ard.de
ZDF | ZDFheute | broadcaster | DE | de | zdf.de zdfheute.de
Deutschlandfunk | DLF | broadcaster | DE | de | deutschlandfunk.de
Deutsche Welle | DW, DW News | broadcaster | DE | de en es ar fa ru tr uk zh | dw.com
NDR | Norddeutscher Rundfunk | broadcaster | DE | de | ndr.de
WDR | Westdeutscher Rundfunk | broadcaster | DE | de | wdr.de
Bayerischer Rundfunk | BR24 | broadcaster | DE | de | br.de
SWR | Südwestrundfunk | broadcaster | DE | de | swr.de
MDR | Mitteldeutscher Rundfunk | broadcaster | DE | de | mdr.de
rbb | Rundfunk Berlin-Brandenburg, rbb24 | broadcaster | DE | de | rbb-online.de rbb24.de
n-tv | NTV Deutschland | broadcaster | DE | de | n-tv.de
RTL* | RTL Deutschland | broadcaster | DE | de | rtl.de
Der Spiegel | Spiegel*, Spiegel Online | magazine | DE | de en | spiegel.de
Die Zeit | Zeit*, Zeit Online | newspaper | DE | de | zeit.de
Frankfurter Allgemeine Zeitung | FAZ, F.A.Z., Frankfurter Allgemeine | newspaper | DE | de | faz.net
Süddeutsche Zeitung | SZ*, Sueddeutsche Zeitung, Süddeutsche | newspaper | DE | de | sueddeutsche.de sz.de
Die Welt | Welt*, Welt am Sonntag, Welt TV | newspaper | DE | de | welt.de
Bild* | Bild-Zeitung, Bild am Sonntag, Bildzeitung | newspaper | DE | de | bild.de
Handelsblatt | | newspaper | DE | de | handelsblatt.com
Tagesspiegel | Der Tagesspiegel | newspaper | DE | de | tagesspiegel.de
taz | die tageszeitung | newspaper | DE | de | taz.de
Frankfurter Rundschau | | newspaper | DE | de | fr.de
Berliner Zeitung | | newspaper | DE | de | berliner-zeitung.de
Rheinische Post | | newspaper | DE | de | rp-online.de
Redaktionsnetzwerk Deutschland | RND | newspaper | DE | de | rnd.de
Stern* | Der Stern*, Stern magazine | magazine | DE | de | stern.de
Focus* | Focus Online, Focus magazine | magazine | DE | de | focus.de
WirtschaftsWoche | | magazine | DE | de | wiwo.de
t-online | T-Online | digital | DE | de | t-online.de
Correctiv | | fact-checker | DE | de | correctiv.org
netzpolitik.org | Netzpolitik | digital | DE | de | netzpolitik.org
ORF | Österreichischer Rundfunk, ZIB* | broadcaster | AT | de | orf.at
Der Standard | | newspaper | AT | de | derstandard.at
Die Presse | | newspaper | AT | de | diepresse.com
Kronen Zeitung | Krone*, Kronenzeitung | newspaper | AT | de | krone.at
SRF | Schweizer Radio und Fernsehen | broadcaster | CH | de | srf.ch
Swissinfo | SWI swissinfo.ch, swissinfo.ch | broadcaster | CH | en de fr it es pt ar ru zh ja | swissinfo.ch
Neue Zürcher Zeitung | NZZ, NZZ am Sonntag | newspaper | CH | de en | nzz.ch
Tages-Anzeiger | Tagesanzeiger | newspaper | CH | de | tagesanzeiger.ch
Le Temps | Temps* | newspaper | CH | fr | letemps.ch

# France, Belgium, Netherlands, Luxembourg
France 24 | France24 | broadcaster | FR | fr en ar es | france24.com
Radio France Internationale | RFI | broadcaster | FR | fr en es pt fa ru zh | rfi.fr
Franceinfo | France Info, franceinfo | broadcaster | FR | fr | franceinfo.fr francetvinfo.fr
France Inter | | broadcaster | FR | fr | franceinter.fr
France Télévisions | France Televisions | broadcaster | FR | fr | francetelevisions.fr
TF1 | TF1 Info, LCI | broadcaster | FR | fr | tf1info.fr tf1.fr
BFMTV | BFM TV, BFM | broadcaster | FR | fr | bfmtv.com
CNews | | broadcaster | FR | fr | cnews.fr
Euronews | | broadcaster | FR | en fr de it es pt ru ar fa | euronews.com
TV5Monde | TV5 Monde | broadcaster | FR | fr | tv5monde.com
Le Monde | Monde* | newspaper | FR | fr en | lemonde.fr
Le Figaro | Figaro* | newspaper | FR | fr | lefigaro.fr
Libération | Libé* | newspaper | FR | fr | liberation.fr
Le Parisien | | newspaper | FR | fr | leparisien.fr
Les Échos | Les Echos | newspaper | FR | fr | lesechos.fr
La Croix | | newspaper | FR | fr en | la-croix.com
L'Humanité | L'Humanite | newspaper | FR | fr | humanite.fr
Le Journal du Dimanche | JDD, Journal du Dimanche | newspaper | FR | fr | lejdd.fr
L'Équipe* | L'Equipe | newspaper | FR | fr | lequipe.fr
Ouest-France | Ouest France | newspaper | FR | fr | ouest-france.fr
Le Canard enchaîné | Canard enchaîné, Le Canard Enchaîné, Le Canard enchaine | newspaper | FR | fr | lecanardenchaine.fr
Le Point* | | magazine | FR | fr | lepoint.fr
L'Express* | | magazine | FR | fr | lexpress.fr
L'Obs | Le Nouvel Obs, Nouvel Observateur, Le Nouvel Observateur | magazine | FR | fr | nouvelobs.com
Jeune Afrique | | magazine | FR | fr | jeuneafrique.com
Mediapart | Médiapart | digital | FR | fr en es | mediapart.fr
Forbidden Stories | | digital | FR | en fr | forbiddenstories.org
RTBF | | broadcaster | BE | fr | rtbf.be
VRT | VRT NWS | broadcaster | BE | nl en fr de | vrt.be
Le Soir | | newspaper | BE | fr | lesoir.be
De Standaard | | newspaper | BE | nl | standaard.be
Het Laatste Nieuws | HLN | newspaper | BE | nl | hln.be
The Brussels Times | Brussels Times | digital | BE | en | brusselstimes.com
Politico Europe | POLITICO Europe | digital | BE | en fr de | politico.eu
Euractiv | | digital | BE | en fr de es pl | euractiv.com
EUobserver | EU Observer, EUObserver | digital | BE | en | euobserver.com
NOS* | NOS Nieuws | broadcaster | NL | nl | nos.nl
De Telegraaf | | newspaper | NL | nl | telegraaf.nl
de Volkskrant | Volkskrant | newspaper | NL | nl | volkskrant.nl
NRC* | NRC Handelsblad | newspaper | NL | nl | nrc.nl
Het Financieele Dagblad | | newspaper | NL | nl | fd.nl
Bellingcat | | fact-checker | NL | en ru fr es de | bellingcat.com

# Italy, Spain, Portugal, Greece, Malta, Cyprus, Vatican
RAI* | Rai News, Rai News 24, RaiNews, TG1, Rai 1 | broadcaster | IT | it | rainews.it rai.it
Sky TG24 | SkyTG24 | broadcaster | IT | it | tg24.sky.it
Corriere della Sera | Corriere* | newspaper | IT | it | corriere.it
La Repubblica | Repubblica* | newspaper | IT | it | repubblica.it
La Stampa | Stampa* | newspaper | IT | it | lastampa.it
Il Sole 24 Ore | Il Sole 24Ore, Sole 24 Ore | newspaper | IT | it en | ilsole24ore.com
Il Fatto Quotidiano | Fatto Quotidiano | newspaper | IT | it | ilfattoquotidiano.it
Il Messaggero | | newspaper | IT | it | ilmessaggero.it
Pagella Politica | | fact-checker | IT | it | pagellapolitica.it
Vatican News | Vatican Radio, Vatican Media | state broadcaster | VA | it en es fr de pt pl ar | vaticannews.va
L'Osservatore Romano | Osservatore Romano | state newspaper | VA | it en es fr de pt | osservatoreromano.va
RTVE | TVE, Televisión Española, Radio Nacional de España, RNE | broadcaster | ES | es | rtve.es
Cadena SER | | broadcaster | ES | es | cadenaser.com
El País | El Pais | newspaper | ES | es en | elpais.com
El Mundo | | newspaper | ES | es | elmundo.es
La Vanguardia | | newspaper | ES | es ca | lavanguardia.com
El Periódico | El Periódico de Catalunya, El Periodico | newspaper | ES | es ca | elperiodico.com
La Razón* | | newspaper | ES | es | larazon.es
Expansión* | | newspaper | ES | es | expansion.com
El Confidencial | | digital | ES | es | elconfidencial.com
elDiario.es | eldiario.es | digital | ES | es | eldiario.es
Maldita.es | Maldita* | fact-checker | ES | es | maldita.es
Newtral | | fact-checker | ES | es | newtral.es
RTP | Rádio e Televisão de Portugal | broadcaster | PT | pt | rtp.pt
SIC Notícias | SIC* | broadcaster | PT | pt | sicnoticias.pt
Expresso* | | newspaper | PT | pt | expresso.pt
Público* | Publico* | newspaper | PT | pt | publico.pt
Diário de Notícias | | newspaper | PT | pt | dn.pt
ERT* | | broadcaster | GR | el en | ert.gr ertnews.gr
Kathimerini | Ekathimerini, eKathimerini | newspaper | GR | el en | kathimerini.gr ekathimerini.com
Ta Nea | | newspaper | GR | el | tanea.gr
Cyprus Mail | | newspaper | CY | en | cyprus-mail.com

# Nordic and Baltic countries
NRK | | broadcaster | NO | no en | nrk.no
VG | Verdens Gang | newspaper | NO | no | vg.no
Aftenposten | | newspaper | NO | no | aftenposten.no
Dagbladet | | newspaper | NO | no | dagbladet.no
Dagens Næringsliv | | newspaper | NO | no | dn.no
The Barents Observer | Barents Observer | digital | NO | en ru | thebarentsobserver.com
SVT | SVT Nyheter, Sveriges Television | broadcaster | SE | sv | svt.se
Sveriges Radio | Swedish Radio | broadcaster | SE | sv en | sverigesradio.se
Dagens Nyheter | | newspaper | SE | sv | dn.se
Svenska Dagbladet | | newspaper | SE | sv | svd.se
Aftonbladet | | newspaper | SE | sv | aftonbladet.se
Expressen | | newspaper | SE | sv | expressen.se
DR* | Danmarks Radio | broadcaster | DK | da | dr.dk
Politiken | | newspaper | DK | da | politiken.dk
Berlingske | | newspaper | DK | da | berlingske.dk
Jyllands-Posten | | newspaper | DK | da | jyllands-posten.dk
Yle | Yle News | broadcaster | FI | fi sv en ru | yle.fi
Helsingin Sanomat | | newspaper | FI | fi | hs.fi
RÚV | RUV | broadcaster | IS | is en pl | ruv.is
ERR* | ERR News, Estonian Public Broadcasting | broadcaster | EE | et ru en | err.ee
Postimees | | newspaper | EE | et ru | postimees.ee
LRT* | Lithuanian National Radio and Television | broadcaster | LT | lt en ru pl | lrt.lt

# Central and South-Eastern Europe
TVP | Telewizja Polska, TVP Info, TVP World | broadcaster | PL | pl en | tvp.pl tvpworld.com
TVN24 | TVN 24 | broadcaster | PL | pl en | tvn24.pl
Polsat News | | broadcaster | PL | pl | polsatnews.pl
Polskie Radio | Polish Radio | broadcaster | PL | pl en uk ru de | polskieradio.pl
Gazeta Wyborcza | | newspaper | PL | pl | wyborcza.pl
Rzeczpospolita | | newspaper | PL | pl | rp.pl
Onet | | digital | PL | pl | onet.pl
Belsat | Belsat TV | broadcaster | PL | be ru pl en | belsat.eu
Česká televize | Czech Television | broadcaster | CZ | cs | ceskatelevize.cz
Denník N | Dennik N | newspaper | SK | sk | dennikn.sk
Telex* | Telex.hu | digital | HU | hu en | telex.hu
444.hu | | digital | HU | hu | 444.hu
HVG | hvg.hu | magazine | HU | hu | hvg.hu
Magyar Nemzet | | newspaper | HU | hu | magyarnemzet.hu
Digi24 | | broadcaster | RO | ro | digi24.ro
HotNews | HotNews.ro | digital | RO | ro | hotnews.ro
Adevărul | Adevarul | newspaper | RO | ro | adevarul.ro
RTV Slovenija | RTV SLO | broadcaster | SI | sl en it hu | rtvslo.si
Delo* | | newspaper | SI | sl | delo.si
Jutarnji list | | newspaper | HR | hr | jutarnji.hr
Večernji list | Vecernji list | newspaper | HR | hr | vecernji.hr
N1* | N1 TV, N1 Info | broadcaster | RS | sr hr bs sl | n1info.rs n1info.com n1info.hr n1info.ba
Radio Television of Serbia | Radio-televizija Srbije | broadcaster | RS | sr | rts.rs
B92 | | broadcaster | RS | sr en | b92.net
BIRN | Balkan Insight, Balkan Investigative Reporting Network | digital | BA | en sr bs sq mk | balkaninsight.com birn.eu.com
Oslobođenje | Oslobodjenje | newspaper | BA | bs | oslobodjenje.ba
OCCRP | Organized Crime and Corruption Reporting Project | digital | NL | en ru | occrp.org

# Ukraine, Belarus, Moldova, Russia
Suspilne | | broadcaster | UA | uk | suspilne.media
Ukrainska Pravda | Ukrayinska Pravda | digital | UA | uk ru en | pravda.com.ua
The Kyiv Independent | Kyiv Independent | digital | UA | en uk | kyivindependent.com
Kyiv Post | | newspaper | UA | en | kyivpost.com
NV* | New Voice of Ukraine | digital | UA | uk ru en | nv.ua
StopFake | | fact-checker | UA | uk ru en es | stopfake.org
DeepState* | DeepStateMap | fact-checker | UA | uk en | deepstatemap.live
RT | Russia Today, RT Arabic | state broadcaster | RU | en ru ar es fr de | rt.com
Sputnik* | Sputnik News | state agency | RU | en ar es fr de fa | sputniknews.com sputnikglobe.com
Rossiya 1 | Rossiya-1, Rossiya 24, Rossiya-24, VGTRK | state broadcaster | RU | ru | vesti.ru smotrim.ru
Channel One Russia | | state broadcaster | RU | ru | 1tv.ru
Rossiyskaya Gazeta | Rossiiskaya Gazeta | state newspaper | RU | ru | rg.ru
Kommersant | Kommersant FM | newspaper | RU | ru en | kommersant.ru
Vedomosti | | newspaper | RU | ru | vedomosti.ru
Izvestia | Izvestiya | newspaper | RU | ru en | iz.ru
RBC* | RBK, RBC TV | newspaper | RU | ru | rbc.ru
Komsomolskaya Pravda | | newspaper | RU | ru | kp.ru
Gazeta.ru | Gazeta.Ru | digital | RU | ru | gazeta.ru
Novaya Gazeta | | newspaper | RU | ru | novayagazeta.ru
Novaya Gazeta Europe | | digital | LV | ru en | novayagazeta.eu
Meduza | | digital | LV | ru en | meduza.io
Mediazona | | digital | RU | ru en | zona.media
TV Rain | Dozhd | broadcaster | NL | ru | tvrain.tv
The Insider* | | digital | LV | ru en | theins.ru theins.press
Important Stories* | iStories, IStories | digital | LV | ru en | istories.media
Verstka | | digital | RU | ru | verstka.media
The Moscow Times | Moscow Times | newspaper | NL | en ru | themoscowtimes.com
Echo of Moscow | Ekho Moskvy | broadcaster | RU | ru | echofm.online

# Caucasus and Central Asia
CivilNet | | digital | AM | hy en ru | civilnet.am
OC Media | | digital | GE | en ru | oc-media.org
Civil.ge | Civil Georgia | digital | GE | en ka ru | civil.ge
The Astana Times | Astana Times | newspaper | KZ | en | astanatimes.com
Kun.uz | | digital | UZ | uz ru en | kun.uz
Eurasianet | EurasiaNet | digital | US | en ru | eurasianet.org

# Turkey, Iran, Kurdish media
TRT World | TRT, TRT Haber | state broadcaster | TR | tr en | trtworld.com trthaber.com trt.net.tr
CNN Türk | CNN Turk | broadcaster | TR | tr | cnnturk.com
NTV* | NTV Turkey | broadcaster | TR | tr | ntv.com.tr
Habertürk | Haberturk | broadcaster | TR | tr | haberturk.com
Halk TV | | broadcaster | TR | tr | halktv.com.tr
Hürriyet | Hurriyet, Hürriyet Daily News, Hurriyet Daily News | newspaper | TR | tr en | hurriyet.com.tr hurriyetdailynews.com
Daily Sabah | | newspaper | TR | en ar de | dailysabah.com
Cumhuriyet | | newspaper | TR | tr | cumhuriyet.com.tr
Sözcü | Sozcu | newspaper | TR | tr | sozcu.com.tr
Yeni Şafak | Yeni Safak | newspaper | TR | tr en ar | yenisafak.com
BirGün | Birgun | newspaper | TR | tr | birgun.net
T24 | | digital | TR | tr | t24.com.tr
Bianet | | digital | TR | tr en ku | bianet.org
Teyit | | fact-checker | TR | tr | teyit.org
Press TV | PressTV | state broadcaster | IR | en fr | presstv.ir presstv.com
IRIB | Islamic Republic of Iran Broadcasting, IRINN | state broadcaster | IR | fa en ar | irib.ir iribnews.ir
Al-Alam | Al Alam, Alalam | state broadcaster | IR | ar fa | alalam.ir
Kayhan | | newspaper | IR | fa | kayhan.ir
Tehran Times | | newspaper | IR | en | tehrantimes.com
Iran Daily | | state newspaper | IR | en | irandaily.ir
Hamshahri | | newspaper | IR | fa | hamshahrionline.ir
Ettelaat | Ettela'at | newspaper | IR | fa | ettelaat.com
Shargh | Shargh Daily | newspaper | IR | fa | sharghdaily.com
Etemad | | newspaper | IR | fa | etemadnewspaper.ir
Ham-Mihan | Ham Mihan, Hammihan | newspaper | IR | fa | hammihanonline.ir
Donya-e-Eqtesad | Donya-e Eqtesad | newspaper | IR | fa | donya-e-eqtesad.com
Financial Tribune | | newspaper | IR | en | financialtribune.com
Khabar Online | KhabarOnline | digital | IR | fa en | khabaronline.ir
Entekhab | | digital | IR | fa | entekhab.ir
Tabnak | | digital | IR | fa | tabnak.ir
Nour News | Nournews | digital | IR | fa en ar | nournews.ir
Iran International | Iran International English, Iran Intl, IranIntl | broadcaster | GB | fa en | iranintl.com
Radio Farda | | broadcaster | CZ | fa | radiofarda.com
IranWire | Iran Wire | digital | GB | fa en | iranwire.com
Kayhan London | Kayhan Life | digital | GB | fa en | kayhan.london kayhanlife.com
Radio Zamaneh | Zamaneh Media | digital | NL | fa en | radiozamaneh.com
Amwaj.media | Amwaj Media | digital | GB | en fa ar | amwaj.media
Rudaw | | broadcaster | IQ | ku en ar | rudaw.net
Kurdistan 24 | Kurdistan24 | broadcaster | IQ | ku en ar fa tr | kurdistan24.net

# Arab world and Israel
Al Jazeera | Al-Jazeera, Aljazeera, Al Jazeera English, Al Jazeera Arabic, Al Jazeera Mubasher | broadcaster | QA | ar en | aljazeera.com aljazeera.net
Doha News | | digital | QA | en | dohanews.co
Al Arabiya | Al-Arabiya, Al Arabiya English, Al Hadath, Al-Hadath | broadcaster | SA | ar en fa | alarabiya.net
Asharq News | Asharq Business | broadcaster | SA | ar | asharq.com asharqbusiness.com
Asharq Al-Awsat | Asharq al-Awsat, Al-Sharq al-Awsat | newspaper | GB | ar en fa tr | aawsat.com
Arab News | | newspaper | SA | en fr ja | arabnews.com
Independent Arabia | | digital | SA | ar | independentarabia.com
Sky News Arabia | | broadcaster | AE | ar | skynewsarabia.com
The National* | | newspaper | AE | en | thenationalnews.com
Gulf News | | newspaper | AE | en | gulfnews.com
Khaleej Times | | newspaper | AE | en | khaleejtimes.com
Al-Quds Al-Arabi | Al Quds Al Arabi, Al-Quds al-Arabi | newspaper | GB | ar | alquds.co.uk
Rai al-Youm | Rai Al-Youm | digital | GB | ar | raialyoum.com
Al Mayadeen | Al-Mayadeen, Almayadeen | broadcaster | LB | ar en es | almayadeen.net
Al Manar | Al-Manar, Al-Manar TV, Al Manar TV | broadcaster | LB | ar en fr es | almanar.com.lb
LBCI | LBC International | broadcaster | LB | ar en | lbcgroup.tv
MTV Lebanon | MTV* | broadcaster | LB | ar en | mtv.com.lb
Al Jadeed | Al-Jadeed | broadcaster | LB | ar en | aljadeed.tv
An-Nahar | Annahar, An Nahar | newspaper | LB | ar en | annahar.com
Al-Akhbar* | Al Akhbar* | newspaper | LB | ar en | al-akhbar.com
L'Orient-Le Jour | L'Orient Le Jour, L'Orient Today, L'Orient–Le Jour | newspaper | LB | fr en | lorientlejour.com lorienttoday.com
Naharnet | | digital | LB | en ar | naharnet.com
The Cradle* | | digital | LB | en | thecradle.co
Enab Baladi | | newspaper | SY | ar en | enabbaladi.net
Syria TV | | broadcaster | TR | ar | syria.tv
Jordan Times | | newspaper | JO | en | jordantimes.com
Alsumaria | Al Sumaria, Al-Sumaria | broadcaster | IQ | ar | alsumaria.tv
Al-Iraqiya | Al Iraqiya | state broadcaster | IQ | ar | imn.iq
Al-Masirah | Al Masirah, Al-Masirah TV, Almasirah | broadcaster | YE | ar en | masirahtv.net
Al-Ahram | Al Ahram, Ahram Online | state newspaper | EG | ar en fr | ahram.org.eg
Al-Masry Al-Youm | Al Masry Al Youm, Egypt Independent | newspaper | EG | ar en | almasryalyoum.com egyptindependent.com
Youm7 | Al-Youm Al-Sabea | newspaper | EG | ar | youm7.com
Mada Masr | | digital | EG | ar en | madamasr.com
Al Qahera News | Al-Qahera News, AlQahera News | state broadcaster | EG | ar | alqaheranews.net
Libya Observer | | digital | LY | en ar | libyaobserver.ly
El Khabar | | newspaper | DZ | ar fr en | elkhabar.com
Hespress | | digital | MA | ar fr en | hespress.com
Radio Dabanga | Dabanga | broadcaster | NL | ar en | dabangasudan.org
Sudan Tribune | | digital | FR | en ar | sudantribune.com
Al-Aqsa TV | Al Aqsa TV | broadcaster | PS | ar | aqsatv.ps
Kan* | Kan News, Kan 11 | broadcaster | IL | he ar en | kan.org.il
Channel 12* | Channel 12 News, N12 | broadcaster | IL | he | n12.co.il mako.co.il
Channel 13* | Channel 13 News, Reshet 13 | broadcaster | IL | he | 13tv.co.il
Channel 14* | | broadcaster | IL | he | now14.co.il
i24NEWS | i24 News, I24 News, i24news | broadcaster | IL | en fr ar he | i24news.tv
Army Radio | Galatz, Galei Tzahal | state broadcaster | IL | he | glz.co.il
Haaretz | Ha'aretz | newspaper | IL | he en | haaretz.com haaretz.co.il
Yedioth Ahronoth | Yediot Ahronot, Yedioth Ahronot, Yediot Aharonot, Ynet, Ynetnews, Ynet News | newspaper | IL | he en | ynet.co.il ynetnews.com
Maariv | Ma'ariv | newspaper | IL | he | maariv.co.il
Israel Hayom | | newspaper | IL | he en | israelhayom.co.il israelhayom.com
The Jerusalem Post | Jerusalem Post, JPost | newspaper | IL | en | jpost.com
The Times of Israel | Times of Israel | digital | IL | en fr ar fa he | timesofisrael.com
Globes* | Globes newspaper | newspaper | IL | he en | globes.co.il
Calcalist | CTech | newspaper | IL | he en | calcalist.co.il calcalistech.com
TheMarker | The Marker* | newspaper | IL | he | themarker.com
+972 Magazine | 972 Magazine | digital | IL | en | 972mag.com
The Media Line | Media Line | agency | US | en ar | themedialine.org
Jewish Telegraphic Agency | JTA | agency | US | en | jta.org

# United States
CNN | CNN International, CNN Arabic, CNN en Español | broadcaster | US | en ar es | cnn.com
Fox News | Fox*, Fox News Channel, Fox Business | broadcaster | US | en | foxnews.com foxbusiness.com
MSNBC | MS NOW | broadcaster | US | en | msnbc.com ms.now
NBC News | NBC | broadcaster | US | en | nbcnews.com
CBS News | CBS | broadcaster | US | en | cbsnews.com
ABC News | ABC* | broadcaster | US | en | abcnews.go.com abcnews.com
PBS | PBS NewsHour, PBS News Hour, PBS News | broadcaster | US | en | pbs.org
NPR | National Public Radio | broadcaster | US | en | npr.org
CNBC | | broadcaster | US | en | cnbc.com
NewsNation | | broadcaster | US | en | newsnationnow.com
Newsmax | | broadcaster | US | en | newsmax.com
Univision | Noticias Univision | broadcaster | US | es | univision.com
Telemundo | Noticias Telemundo | broadcaster | US | es | telemundo.com
Voice of America | VOA, VOA News, VOA Persian | broadcaster | US | en fa es fr ru zh ar uk | voanews.com
Radio Free Europe/Radio Liberty | RFE/RL, Radio Free Europe, Radio Liberty, Radio Svoboda | broadcaster | CZ | ru uk en fa be ka hy az kk | rferl.org svoboda.org
Radio Free Asia | RFA | broadcaster | US | zh en bo ko vi my km lo ug | rfa.org
Alhurra | Al Hurra, Al-Hurra | broadcaster | US | ar | alhurra.com
The New York Times | New York Times, NYT, NY Times | newspaper | US | en es zh | nytimes.com
The Washington Post | Washington Post, WaPo | newspaper | US | en | washingtonpost.com
The Wall Street Journal | Wall Street Journal, WSJ | newspaper | US | en zh ja | wsj.com
USA Today | | newspaper | US | en | usatoday.com
Los Angeles Times | LA Times, L.A. Times | newspaper | US | en es | latimes.com
Chicago Tribune | | newspaper | US | en | chicagotribune.com
The Boston Globe | Boston Globe | newspaper | US | en | bostonglobe.com
New York Post | NY Post | newspaper | US | en | nypost.com
The Philadelphia Inquirer | Philadelphia Inquirer | newspaper | US | en | inquirer.com
Miami Herald | | newspaper | US | en es | miamiherald.com
The Atlanta Journal-Constitution | Atlanta Journal-Constitution, AJC* | newspaper | US | en | ajc.com
Houston Chronicle | | newspaper | US | en | houstonchronicle.com
The Dallas Morning News | Dallas Morning News | newspaper | US | en | dallasnews.com
San Francisco Chronicle | | newspaper | US | en | sfchronicle.com
The Seattle Times | Seattle Times | newspaper | US | en | seattletimes.com
The Minnesota Star Tribune | Star Tribune | newspaper | US | en | startribune.com
The Washington Times | Washington Times | newspaper | US | en | washingtontimes.com
The Christian Science Monitor | Christian Science Monitor | newspaper | US | en | csmonitor.com
Barron's* | Barron's magazine | magazine | US | en | barrons.com
MarketWatch | | digital | US | en | marketwatch.com
The Hill* | Hill* | digital | US | en | thehill.com
Politico | | digital | US | en | politico.com
Axios | | digital | US | en | axios.com
Semafor | | digital | US | en | semafor.com
The Daily Beast | Daily Beast | digital | US | en | thedailybeast.com
HuffPost | Huffington Post | digital | US | en | huffpost.com
BuzzFeed News | BuzzFeed* | digital | US | en | buzzfeednews.com
Vox* | Vox.com | digital | US | en | vox.com
Slate* | Slate magazine | digital | US | en | slate.com
Vice News | VICE News, Vice* | digital | US | en | vice.com
Business Insider | | digital | US | en | businessinsider.com
ProPublica | | digital | US | en es | propublica.org
The Intercept | | digital | US | en pt | theintercept.com
Drop Site News | Drop Site* | digital | US | en | dropsitenews.com
The Texas Tribune | Texas Tribune | digital | US | en | texastribune.org
KFF Health News | Kaiser Health News | digital | US | en | kffhealthnews.org
STAT News | STAT* | digital | US | en | statnews.com
The Verge* | | digital | US | en | theverge.com
TechCrunch | | digital | US | en | techcrunch.com
Ars Technica | | digital | US | en | arstechnica.com
Defense News | | digital | US | en | defensenews.com
Breaking Defense | | digital | US | en | breakingdefense.com
Defense One | | digital | US | en | defenseone.com
Al-Monitor | Al Monitor | digital | US | en ar fa tr | al-monitor.com
Breitbart* | Breitbart News | digital | US | en | breitbart.com
Washington Examiner | | digital | US | en | washingtonexaminer.com
Democracy Now! | Democracy Now* | broadcaster | US | en es | democracynow.org
Time* | Time magazine, TIME magazine | magazine | US | en | time.com
Newsweek | | magazine | US | en | newsweek.com
The Atlantic* | The Atlantic magazine | magazine | US | en | theatlantic.com
The New Yorker | New Yorker* | magazine | US | en | newyorker.com
The Nation* | | magazine | US | en | thenation.com
National Review* | | magazine | US | en | nationalreview.com
Foreign Policy* | Foreign Policy magazine | magazine | US | en | foreignpolicy.com
Foreign Affairs* | Foreign Affairs magazine | magazine | US | en | foreignaffairs.com
Bloomberg Businessweek | Businessweek | magazine | US | en | businessweek.com
Forbes* | Forbes magazine | magazine | US | en | forbes.com
Fortune* | Fortune magazine | magazine | US | en | fortune.com
Wired* | Wired magazine | magazine | US | en | wired.com
Rolling Stone* | Rolling Stone magazine | magazine | US | en | rollingstone.com
The Hollywood Reporter | Hollywood Reporter | magazine | US | en | hollywoodreporter.com
Scientific American | | magazine | US | en | scientificamerican.com
ESPN | | broadcaster | US | en es | espn.com
FactCheck.org | | fact-checker | US | en | factcheck.org
PolitiFact | | fact-checker | US | en es | politifact.com
Snopes | | fact-checker | US | en | snopes.com

# Canada, Latin America, Caribbean
CBC News | CBC, Radio-Canada | broadcaster | CA | en fr | cbc.ca radio-canada.ca
CTV News | CTV | broadcaster | CA | en | ctvnews.ca
The Globe and Mail | Globe and Mail | newspaper | CA | en | theglobeandmail.com
Toronto Star | | newspaper | CA | en | thestar.com
National Post | | newspaper | CA | en | nationalpost.com
El Universal* | | newspaper | MX | es en | eluniversal.com.mx
Reforma* | | newspaper | MX | es | reforma.com
La Jornada | | newspaper | MX | es | jornada.com.mx
Excélsior | Excelsior* | newspaper | MX | es | excelsior.com.mx
El Faro* | | digital | SV | es en | elfaro.net
La Prensa* | | newspaper | NI | es | laprensani.com
Granma | | state newspaper | CU | es en fr | granma.cu
Telesur | teleSUR, TeleSUR | state broadcaster | VE | es en pt | telesurtv.net
El Nacional* | | newspaper | VE | es | elnacional.com
El Tiempo* | | newspaper | CO | es | eltiempo.com
El Espectador* | | newspaper | CO | es | elespectador.com
Semana* | Revista Semana | magazine | CO | es | semana.com
Noticias Caracol | Caracol TV | broadcaster | CO | es | noticiascaracol.com
El Comercio* | | newspaper | PE | es | elcomercio.pe
La Tercera* | | newspaper | CL | es | latercera.com
El Mercurio | | newspaper | CL | es | elmercurio.com emol.com
BioBioChile | Radio Bío-Bío, Radio Bio-Bio | broadcaster | CL | es | biobiochile.cl
La Nación* | La Nacion* | newspaper | AR | es | lanacion.com.ar
Clarín | Clarin* | newspaper | AR | es | clarin.com
Página/12 | Página 12, Pagina 12 | newspaper | AR | es | pagina12.com.ar
Infobae | | digital | AR | es | infobae.com
Chequeado | | fact-checker | AR | es | chequeado.com
Folha de S.Paulo | Folha de S. Paulo, Folha de São Paulo, Folha* | newspaper | BR | pt en es | folha.uol.com.br
O Globo | | newspaper | BR | pt | oglobo.globo.com
G1* | TV Globo, GloboNews, Rede Globo | broadcaster | BR | pt | g1.globo.com
O Estado de S. Paulo | Estadão, O Estado de S.Paulo, O Estado de São Paulo | newspaper | BR | pt | estadao.com.br
Valor Econômico | Valor Economico | newspaper | BR | pt en | valor.globo.com
MercoPress | | digital | UY | en es | en.mercopress.com
InSight Crime | | digital | US | en es | insightcrime.org

# East Asia
CCTV* | China Central Television | state broadcaster | CN | zh en | cctv.com
CGTN | China Global Television Network | state broadcaster | CN | en zh es fr ar ru | cgtn.com
People's Daily | Renmin Ribao | state newspaper | CN | zh en | people.com.cn people.cn
Global Times | | state newspaper | CN | zh en | globaltimes.cn huanqiu.com
China Daily | | state newspaper | CN | en zh | chinadaily.com.cn
PLA Daily | People's Liberation Army Daily | state newspaper | CN | zh en | 81.cn
Caixin | Caixin Global, Caixin Media | magazine | CN | zh en | caixin.com caixinglobal.com
South China Morning Post | SCMP | newspaper | HK | en | scmp.com
Hong Kong Free Press | HKFP | digital | HK | en | hongkongfp.com
RTHK | Radio Television Hong Kong | broadcaster | HK | zh en | rthk.hk
Ming Pao | | newspaper | HK | zh | mingpao.com
Taipei Times | | newspaper | TW | en | taipeitimes.com
NHK | NHK World, NHK World-Japan | broadcaster | JP | ja en zh ko es | nhk.or.jp
The Asahi Shimbun | Asahi Shimbun, Asahi* | newspaper | JP | ja en | asahi.com
The Yomiuri Shimbun | Yomiuri Shimbun, Yomiuri, The Japan News | newspaper | JP | ja en | yomiuri.co.jp japannews.yomiuri.co.jp
The Mainichi Shimbun | Mainichi Shimbun, Mainichi | newspaper | JP | ja en | mainichi.jp
Nikkei* | Nikkei Asia, Nihon Keizai Shimbun | newspaper | JP | ja en | nikkei.com asia.nikkei.com
Sankei Shimbun | | newspaper | JP | ja en | sankei.com
The Japan Times | Japan Times | newspaper | JP | en | japantimes.co.jp
The Diplomat* | The Diplomat magazine | magazine | US | en | thediplomat.com
KBS | KBS World, Korean Broadcasting System | broadcaster | KR | ko en | kbs.co.kr
YTN | | broadcaster | KR | ko | ytn.co.kr
Chosun Ilbo | The Chosun Daily | newspaper | KR | ko en ja zh | chosun.com
JoongAng Ilbo | Korea JoongAng Daily | newspaper | KR | ko en | joongang.co.kr koreajoongangdaily.joins.com
Dong-A Ilbo | | newspaper | KR | ko en | donga.com
Hankyoreh | | newspaper | KR | ko en | hani.co.kr
Korea Herald | | newspaper | KR | en | koreaherald.com
The Korea Times | Korea Times | newspaper | KR | en | koreatimes.co.kr
Rodong Sinmun | | state newspaper | KP | ko | rodong.rep.kp
NK News | | digital | KR | en | nknews.org
Daily NK | | digital | KR | ko en ja zh | dailynk.com

# South Asia and Afghanistan
NDTV | New Delhi Television | broadcaster | IN | en hi | ndtv.com
India Today | Aaj Tak | magazine | IN | en hi | indiatoday.in aajtak.in
CNN-News18 | CNN News18, News18 | broadcaster | IN | en | news18.com
All India Radio | Akashvani | state broadcaster | IN | hi en | newsonair.gov.in
Doordarshan | DD News | state broadcaster | IN | hi en | ddnews.gov.in
The Times of India | Times of India, TOI* | newspaper | IN | en | timesofindia.indiatimes.com
The Hindu* | The Hindu newspaper | newspaper | IN | en | thehindu.com
Hindustan Times | | newspaper | IN | en | hindustantimes.com
The New Indian Express | New Indian Express | newspaper | IN | en | newindianexpress.com
The Indian Express | Indian Express | newspaper | IN | en | indianexpress.com
Deccan Herald | | newspaper | IN | en | deccanherald.com
The Economic Times | Economic Times | newspaper | IN | en | economictimes.indiatimes.com
Business Standard | | newspaper | IN | en hi | business-standard.com
Mint* | Livemint, LiveMint | newspaper | IN | en | livemint.com
Dainik Bhaskar | | newspaper | IN | hi | bhaskar.com
The Wire* | | digital | IN | en hi ur | thewire.in
ThePrint | The Print* | digital | IN | en hi | theprint.in
The Quint | | digital | IN | en hi | thequint.com
Alt News | AltNews | fact-checker | IN | en hi | altnews.in
Dawn* | Dawn newspaper, Dawn News | newspaper | PK | en | dawn.com
Geo News | Geo TV | broadcaster | PK | ur en | geo.tv
ARY News | | broadcaster | PK | ur en | arynews.tv
The Express Tribune | Express Tribune | newspaper | PK | en | tribune.com.pk
The News International | | newspaper | PK | en | thenews.com.pk
TOLOnews | Tolo News, TOLO News, ToloNews | broadcaster | AF | fa ps en | tolonews.com
Amu TV | | broadcaster | US | en fa ps | amu.tv
Afghanistan International | | broadcaster | GB | fa ps en | afintl.com
Hasht-e Subh | 8am Media, Hasht-e Subh Daily | newspaper | AF | fa en ps | 8am.media
The Daily Star Bangladesh | Daily Star Bangladesh | newspaper | BD | en bn | thedailystar.net
Prothom Alo | | newspaper | BD | bn en | prothomalo.com
Dhaka Tribune | | newspaper | BD | en | dhakatribune.com
The Kathmandu Post | Kathmandu Post | newspaper | NP | en | kathmandupost.com

# South-East Asia
The Straits Times | Straits Times | newspaper | SG | en | straitstimes.com
Channel NewsAsia | CNA*, Channel News Asia | broadcaster | SG | en | channelnewsasia.com
Lianhe Zaobao | | newspaper | SG | zh | zaobao.com.sg zaobao.com
The Star Malaysia | | newspaper | MY | en | thestar.com.my
Malaysiakini | | digital | MY | en ms zh ta | malaysiakini.com
Kompas* | Kompas.com | newspaper | ID | id | kompas.com kompas.id
Tempo* | Tempo magazine, Tempo.co | magazine | ID | id en | tempo.co
The Jakarta Post | Jakarta Post | newspaper | ID | en | thejakartapost.com
Detik.com | Detikcom, detikcom | digital | ID | id | detik.com
Philippine Daily Inquirer | Inquirer* | newspaper | PH | en fil | inquirer.net
Manila Bulletin | | newspaper | PH | en | mb.com.ph
ABS-CBN | ABS-CBN News | broadcaster | PH | fil en | abs-cbn.com
GMA News | GMA Network, GMA Integrated News | broadcaster | PH | fil en | gmanetwork.com
Rappler | | digital | PH | en fil | rappler.com
Bangkok Post | | newspaper | TH | en | bangkokpost.com
The Nation Thailand | | newspaper | TH | en th | nationthailand.com
Thai PBS | Thai PBS World | broadcaster | TH | th en | thaipbs.or.th thaipbsworld.com
Nhan Dan | Nhân Dân | state newspaper | VN | vi en fr zh ru | nhandan.vn
The Phnom Penh Post | Phnom Penh Post | newspaper | KH | en km | phnompenhpost.com
The Irrawaddy | Irrawaddy* | digital | MM | my en | irrawaddy.com
Myanmar Now | | digital | MM | my en | myanmar-now.org
Mizzima | | digital | MM | my en | mizzima.com
Democratic Voice of Burma | DVB | broadcaster | NO | my en | dvb.no

# Australia, New Zealand, Pacific
Australian Broadcasting Corporation | ABC Australia, ABC Radio Australia | broadcaster | AU | en | abc.net.au
SBS News | Special Broadcasting Service | broadcaster | AU | en | sbs.com.au
Sky News Australia | | broadcaster | AU | en | skynews.com.au
The Australian* | The Weekend Australian | newspaper | AU | en | theaustralian.com.au
The Sydney Morning Herald | Sydney Morning Herald, SMH | newspaper | AU | en | smh.com.au
The Age* | | newspaper | AU | en | theage.com.au
Australian Financial Review | AFR | newspaper | AU | en | afr.com
The Conversation* | | digital | AU | en fr es id pt | theconversation.com
RNZ | Radio New Zealand | broadcaster | NZ | en mi | rnz.co.nz
1News | TVNZ | broadcaster | NZ | en | 1news.co.nz tvnz.co.nz
New Zealand Herald | NZ Herald | newspaper | NZ | en | nzherald.co.nz
Stuff* | Stuff.co.nz | digital | NZ | en | stuff.co.nz

# Sub-Saharan Africa
SABC | SABC News, South African Broadcasting Corporation | broadcaster | ZA | en af zu xh | sabcnews.com
News24 | | digital | ZA | en af | news24.com
Daily Maverick | | digital | ZA | en | dailymaverick.co.za
Mail & Guardian | Mail and Guardian | newspaper | ZA | en | mg.co.za
Africa Check | | fact-checker | ZA | en fr | africacheck.org
The Herald Zimbabwe | | state newspaper | ZW | en | herald.co.zw
Daily Nation | | newspaper | KE | en sw | nation.africa
The East African* | | newspaper | KE | en | theeastafrican.co.ke
Daily Monitor | | newspaper | UG | en | monitor.co.ug
Addis Standard | | digital | ET | en am | addisstandard.com
Radio Okapi | | broadcaster | CD | fr ln sw | radiookapi.net
Radio Tamazuj | | broadcaster | SS | en ar | radiotamazuj.org
Punch* | | newspaper | NG | en | punchng.com
The Guardian Nigeria | Guardian Nigeria | newspaper | NG | en | guardian.ng
Vanguard* | | newspaper | NG | en | vanguardngr.com
Daily Trust | | newspaper | NG | en ha | dailytrust.com
AllAfrica | allAfrica.com, allAfrica | digital | US | en fr | allafrica.com
Africanews | | broadcaster | CG | en fr | africanews.com

# Across borders: trade press and networks of journalists
International Consortium of Investigative Journalists | ICIJ | digital | US | en es fr | icij.org
Lighthouse Reports | | digital | NL | en | lighthousereports.com
The New Humanitarian | New Humanitarian | digital | CH | en fr ar | thenewhumanitarian.org
SpaceNews | Space News | magazine | US | en | spacenews.com
The Maritime Executive | Maritime Executive | magazine | US | en | maritime-executive.com
"""
